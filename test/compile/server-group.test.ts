import test from 'ava';
import * as fc from 'fast-check';
import { analyse } from '../../controller/analyse/analyse.ts';
import { compileProject } from '../../controller/compile/compile-project.ts';
import { createFleet } from '../../controller/compile/create-fleet.ts';
import { fleetServers } from '../../controller/kinds/server/fleet-servers.ts';
import { server as serverKind } from '../../controller/kinds/server/index.ts';
import type { ServerSpec } from '../../controller/kinds/server/schema.ts';
import type { FieldPath, Resource } from '../../controller/model/resource.ts';
import { document, oneEnvironment, server } from './fleet-files.ts';
import { briefly } from './read-case.ts';
import { sourceOf } from './source-of.ts';

function compile(files: Readonly<Record<string, string>>) {
  const source = sourceOf({ 'drover.yaml': oneEnvironment, ...files });
  const compiled = compileProject(source);
  const environment = compiled.environments.get('demo');
  if (environment === undefined) throw new Error('the project did not compile');
  const { fleet } = createFleet(environment, source, new Map());
  const found = [...compiled.diagnostics, ...environment.diagnostics];
  return {
    environment,
    fleet,
    found: found.map((finding) => `${briefly(finding)} ${finding.message}`),
    server: (name: string): Resource => {
      const resource = fleet.find('Server', name);
      if (resource === undefined) throw new Error(`there is no server ${name}`);
      return resource;
    },
    names: fleet.byKind('Server').map(({ metadata }) => metadata.name),
  };
}

const group = (name: string, spec: string, metadata = '') =>
  document('ServerGroup', `metadata: {name: ${name}${metadata}}\nspec:\n${spec}`);

const clients = group(
  'clients',
  `  template:
    metadata: {labels: {role: client}, annotations: {drover.dev/protect: "true"}}
    spec:
      class: cx32
      datacenter: fsn1
      volumes: {journal: {path: /var/log/journal}}
  servers:
    c1: {interfaces: {lan: {address: 10.20.0.21}}, labels: {canary: "true"}}
    c2:
      datacenter: hel1
      interfaces: {lan: {address: 10.20.0.22}}
      volumes: {journal: null, data: {path: /srv}}
`,
);

/** \`file:line:column\` of a field. */
function place(resource: Resource, at: FieldPath, part: 'key' | 'value' = 'value'): string {
  const { path, line, column } = resource.locate(at, part);
  return `${path}:${line}:${column}`;
}

test('each member is the template with the member laid over it', (t) => {
  const { server: find, found, names } = compile({ 'base/a.yaml': clients, 'demo/a.yaml': '' });
  t.deepEqual(found, []);
  t.deepEqual(names, ['c1', 'c2']);
  t.deepEqual(find('c1').metadata, {
    name: 'c1',
    labels: { role: 'client', canary: 'true' },
    annotations: { 'drover.dev/protect': 'true' },
  });
  t.deepEqual(find('c1').spec, {
    class: 'cx32',
    datacenter: 'fsn1',
    volumes: { journal: { path: '/var/log/journal' } },
    interfaces: { lan: { address: '10.20.0.21' } },
  });
  t.deepEqual(find('c2').spec, {
    class: 'cx32',
    datacenter: 'hel1',
    volumes: { data: { path: '/srv' } },
    interfaces: { lan: { address: '10.20.0.22' } },
  });
});

test('a field is at the member that says it, else at the template', (t) => {
  const { server: find } = compile({ 'base/a.yaml': clients, 'demo/a.yaml': '' });
  t.is(place(find('c2'), ['spec', 'datacenter']), 'base/a.yaml:14:19');
  t.is(place(find('c1'), ['spec', 'datacenter']), 'base/a.yaml:9:19');
  t.is(place(find('c1'), ['spec', 'interfaces', 'lan', 'address']), 'base/a.yaml:12:38');
  t.is(place(find('c1'), ['metadata', 'labels', 'canary']), 'base/a.yaml:12:69');
  t.is(place(find('c1'), ['metadata', 'labels', 'role']), 'base/a.yaml:6:31');
  t.is(place(find('c2'), ['metadata', 'name']), 'base/a.yaml:13:5');
  t.is(place(find('c2'), []), 'base/a.yaml:13:5');
  t.is(place(find('c1'), ['spec', 'volumes', 'journal'], 'key'), 'base/a.yaml:10:17');
  t.is(place(find('c1'), ['spec', 'nodePool']), 'base/a.yaml:12:5');
});

test('a layer patches the template, adds a member and takes one away', (t) => {
  const patch = group(
    'clients',
    `  template: {spec: {class: ax52}}
  servers: {c1: null, c3: {interfaces: {lan: {address: 10.20.0.23}}}}
`,
    ', annotations: {drover.dev/patch: merge}',
  );
  const { server: find, found, names } = compile({ 'base/a.yaml': clients, 'demo/a.yaml': patch });
  t.deepEqual(found, []);
  t.deepEqual(names, ['c2', 'c3']);
  t.is(find('c2').spec['class'], 'ax52');
  t.is(place(find('c2'), ['spec', 'class']), 'demo/a.yaml:5:28');
  t.is(place(find('c2'), ['spec', 'volumes', 'data', 'path']), 'base/a.yaml:16:45');
  t.is(place(find('c3'), ['metadata', 'name']), 'demo/a.yaml:6:23');
});

test('a layer may take away from one member what the template gives', (t) => {
  const patch = group(
    'clients',
    '  servers: {c1: {volumes: null}}\n',
    ', annotations: {drover.dev/patch: merge}',
  );
  const { server: find, found } = compile({ 'base/a.yaml': clients, 'demo/a.yaml': patch });
  t.deepEqual(found, []);
  t.is(find('c1').spec['volumes'], undefined);
});

test('members are seen by selectors of expressions and by facts, as servers are', (t) => {
  const key = document(
    'ConsulKey',
    `metadata: {name: all}\nspec: {key: all, value: '\${{ servers({"role": "client"}).map(s, s.address).join(",") }}'}\n`,
  );
  const { fleet, found, environment } = compile({ 'base/a.yaml': clients, 'demo/a.yaml': key });
  t.deepEqual(found, []);
  t.is(fleet.find('ConsulKey', 'all')?.spec['value'], '10.20.0.21,10.20.0.22');
  t.is(environment.servers.get('c2')?.datacenter, 'hel1');
  t.deepEqual(
    fleetServers(fleet).map(({ name, datacenter }) => [name, datacenter]),
    [
      ['c1', 'fsn1'],
      ['c2', 'hel1'],
    ],
  );
});

const edge = (more: string, template = 'class: cx32, interfaces: {lan: {network: lan}}') =>
  group('edge', `  template: {metadata: {labels: {role: edge}}, spec: {${template}}}\n${more}`);

test('a count makes names and addresses by number, from 1', (t) => {
  const text = edge('  count: 3\n  addressRange: 10.30.0.254-10.30.1.10/16\n');
  const { fleet, found } = compile({ 'base/a.yaml': text, 'demo/a.yaml': '' });
  t.deepEqual(found, []);
  t.deepEqual(
    fleetServers(fleet).map(({ name, address, interfaces }) => [name, address, interfaces[0]?.prefixLength]),
    [
      ['edge-1', '10.30.0.254', 16],
      ['edge-2', '10.30.0.255', 16],
      ['edge-3', '10.30.1.0', 16],
    ],
  );
});

test('a count may come from a variable, and index is known in the naming and in the template', (t) => {
  const text = edge(
    '  count: "${{ vars.count }}"\n  naming: "e-${{ string(1000 + index).substring(1) }}"\n',
    'class: cx32, failureDomain: \'rack-${{ ["a", "b"][index % 2] }}\', interfaces: {lan: {address: "10.30.0.${{ 9 + index }}"}}',
  );
  const { fleet, found } = compile({ 'base/a.yaml': text, 'demo/a.yaml': '' });
  t.deepEqual(found, []);
  t.deepEqual(
    fleetServers(fleet).map(({ name, address, failureDomain }) => [name, address, failureDomain]),
    [
      ['e-001', '10.30.0.10', 'rack-b'],
      ['e-002', '10.30.0.11', 'rack-a'],
    ],
  );
});

test('ranges of several interfaces and of IPv6 go by name', (t) => {
  const text = edge(
    '  count: 2\n  addressRange: {lan: 10.0.0.1-10.0.0.9, six: "fd00::ffff-fd00::2:0/64"}\n',
    'class: cx32',
  );
  const { fleet, found } = compile({ 'base/a.yaml': text, 'demo/a.yaml': '' });
  t.deepEqual(found, []);
  t.deepEqual(
    fleetServers(fleet).map(({ interfaces }) => interfaces.map(({ address }) => address)),
    [
      ['10.0.0.1', 'fd00::ffff'],
      ['10.0.0.2', 'fd00::1:0'],
    ],
  );
});

test('index is nothing outside of a group with a count', (t) => {
  const alone = server('a', '10.0.0.1', ', failureDomain: "${{ index }}"');
  t.deepEqual(compile({ 'base/a.yaml': alone, 'demo/a.yaml': '' }).found, [
    'DRV0402 base/a.yaml:4:100 there is no variable index',
  ]);
});

test('a member that also stands alone, or in another group, is told at the member', (t) => {
  const twin = group(
    'twins',
    '  template: {spec: {class: a}}\n  servers: {c2: {interfaces: {lan: {address: 10.0.0.9}}}}\n',
  );
  const files = { 'base/a.yaml': clients, 'base/b.yaml': server('c1', '10.0.0.1'), 'demo/b.yaml': twin };
  const { found, names } = compile(files);
  t.deepEqual(found, [
    'DRV0211 base/a.yaml:12:5 Server/c1 is declared twice',
    'DRV0211 demo/b.yaml:6:13 Server/c2 is declared twice',
  ]);
  t.deepEqual(names, ['c1', 'c2']);
});

test('what is wrong with the template is told once, and its members are not missed', (t) => {
  const text = clients.replace('class: cx32', 'class: cx32\n      datacentre: fsn1');
  const { found, names, fleet } = compile({ 'base/a.yaml': text, 'demo/a.yaml': '' });
  t.deepEqual(found, ['DRV0304 base/a.yaml:9:7 there is no field "datacentre" here']);
  t.deepEqual(names, []);
  t.true(fleet.isBroken?.('Server/c1'));
  t.true(fleet.mayMiss?.('Server'));
  t.false(fleet.isBroken?.('Server/x'));
});

test('what is wrong with a member is told at the member, and the others stay', (t) => {
  const text = clients.replace('datacenter: hel1', 'datacenter: [hel1]');
  const { found, names, fleet } = compile({ 'base/a.yaml': text, 'demo/a.yaml': '' });
  t.deepEqual(found, ['DRV0305 base/a.yaml:14:19 expected a text, but found a list']);
  t.deepEqual(names, ['c1']);
  t.true(fleet.isBroken?.('Server/c2'));
});

test('a field that all members lack is told once, at the template', (t) => {
  const text = clients.replace('      class: cx32\n', '');
  const { found } = compile({ 'base/a.yaml': text, 'demo/a.yaml': '' });
  t.deepEqual(found, ['DRV0303 base/a.yaml:7:5 "spec" lacks the field "class" (a text or a map)']);
});

test('a field that one member lacks is told at that member', (t) => {
  const text = clients.replace('    c1: {interfaces: {lan: {address: 10.20.0.21}}, ', '    c1: {');
  const { found } = compile({ 'base/a.yaml': text, 'demo/a.yaml': '' });
  t.deepEqual(found, ['DRV0303 base/a.yaml:12:5 "spec" lacks the field "interfaces" (a map)']);
});

test('an expression that fails for every member is told once', (t) => {
  const text = edge(
    '  count: 500\n  addressRange: 10.30.0.0-10.30.9.0\n',
    'class: "${{ vars.klass + string(index) }}", interfaces: {lan: {}}',
  );
  const { found } = compile({ 'base/a.yaml': text, 'demo/a.yaml': '' });
  t.is(found.length, 1);
  t.regex(found[0] ?? '', /^DRV0402 base\/a.yaml:5:/);
});

test('servers and count exclude each other, and one of them is needed', (t) => {
  for (const more of ['', '  count: 2\n  servers: {a: {}}\n']) {
    const { found, fleet } = compile({ 'base/a.yaml': edge(more), 'demo/a.yaml': '' });
    t.deepEqual(
      found.map((finding) => finding.slice(0, 7)),
      ['DRV0604'],
    );
    t.true(fleet.mayMiss?.('Server'));
  }
});

test('a thousand members are as many servers, and a second thousand in another group too', (t) => {
  const groups = ['a', 'b'].map((name, index) =>
    group(
      name,
      `  template: {spec: {class: cx32, interfaces: {lan: {}}}}\n  count: 1000\n  addressRange: 10.${index}.0.1-10.${index}.9.0\n`,
    ),
  );
  const { names, found } = compile({ 'base/a.yaml': groups.join('---\n'), 'demo/a.yaml': '' });
  t.deepEqual(found, []);
  t.is(names.length, 2000);
});

test('all groups together have a bound', (t) => {
  const groups = ['a', 'b'].map((name) =>
    group(name, `  template: {spec: {class: x, interfaces: {lan: {address: 10.0.0.1}}}}\n  count: 6000\n`),
  );
  const { names, found } = compile({ 'base/a.yaml': groups.join('---\n'), 'demo/a.yaml': '' });
  t.deepEqual(found, [
    'DRV0623 base/a.yaml:13:3 with these 6000 the groups have more than 10000 servers together',
  ]);
  t.is(names.length, 6000);
});

test('a template is not multiplied past a bound', (t) => {
  const facts = Array.from({ length: 700 }, (_, index) => `f${index}: text`).join(', ');
  const text = edge('  count: 9000\n', `class: x, interfaces: {lan: {address: 10.0.0.1}}, facts: {${facts}}`);
  const { names, found } = compile({ 'base/a.yaml': text, 'demo/a.yaml': '' });
  t.deepEqual(found, ['DRV0623 base/a.yaml:6:3 the template 9000 times is 85 MiB, and 64 are the most']);
  t.is(names.length, 0);
});

test('a patch of a member says which group to patch', (t) => {
  const patch = document(
    'Server',
    'metadata: {name: c1, annotations: {drover.dev/patch: merge}}\nspec: {class: ax52}\n',
  );
  const source = sourceOf({ 'drover.yaml': oneEnvironment, 'base/a.yaml': clients, 'demo/a.yaml': patch });
  const { diagnostics } = compileProject(source);
  t.deepEqual(
    diagnostics.map(({ code, hint }) => [code, hint]),
    [['DRV0212', 'it is a member of ServerGroup/clients: patch that']],
  );
});

test('a member that nobody let join is told as servers are, a crowd of them once', (t) => {
  const text = edge(
    '  count: 40\n  addressRange: 10.30.0.1-10.30.0.99\n',
    'class: cx32, interfaces: {lan: {}}',
  );
  const { fleet } = compile({ 'base/a.yaml': text, 'demo/a.yaml': '' });
  const notJoined = analyse(fleet).filter(({ code }) => code === 'DRV0504');
  t.deepEqual(
    notJoined.map((finding) => `${briefly(finding)} ${finding.message}`),
    [
      'DRV0504 base/a.yaml:6:10 the server edge-1 has not joined: there is no ServerKey of that name; the same for 39 more here',
    ],
  );
});

test('members are rendered as servers are, each with its own lines as source', (t) => {
  const { fleet } = compile({ 'base/a.yaml': clients, 'demo/a.yaml': '' });
  const rendered = fleet
    .byKind<ServerSpec>('Server')
    .flatMap((one) => serverKind.render?.(one, fleet).units ?? []);
  t.deepEqual(
    rendered.map(({ path, source, options }) => [path, source.line, options.protect]),
    [
      ['servers/c1/payload.json', 12, true],
      ['servers/c2/payload.json', 13, true],
    ],
  );
});

test('while a group has findings no selector is said to match nothing', (t) => {
  const config = document(
    'MachineConfig',
    'metadata: {name: m}\nspec: {selector: {matchLabels: {role: edge}}}\n',
  );
  const codes = (text: string) => {
    const { fleet } = compile({ 'base/a.yaml': text, 'base/m.yaml': config, 'demo/a.yaml': '' });
    return analyse(fleet).filter(({ code }) => code === 'DRV0608').length;
  };
  t.is(codes(edge('  count: 0\n')), 1);
  t.is(codes(edge('  count: 1\n  naming: "-"\n')), 0);
  const patch = ', annotations: {drover.dev/patch: merge}';
  t.is(codes(group('edge', '  count: 1\n', patch)), 0);
});

test('work that is small once and large ten thousand times is refused', (t) => {
  const nested = 'abcdefghijkl'.split('').reduce((inner, name) => `[1, 2].map(${name}, ${inner})`, '1');
  const deep = `\${{ size(${nested}) }}`;
  const facts = (index: string) =>
    `class: cx32, interfaces: {lan: {address: "10.0.0.${index}"}}, facts: {n: "${deep}"}`;
  const alone = group('alone', `  template: {spec: {${facts('1')}}}\n  servers: {a: {}}\n`);
  t.deepEqual(compile({ 'base/a.yaml': alone, 'demo/a.yaml': '' }).found, []);
  const counted = compile({ 'base/a.yaml': edge('  count: 3\n', facts('${{ index }}')), 'demo/a.yaml': '' });
  t.deepEqual(
    counted.found.map((finding) => finding.slice(0, 7)),
    ['DRV0406'],
  );
});

/** Mostly what belongs there, else anything. */
const mostly = (...right: readonly unknown[]) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...right) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  );

const member = mostly({ interfaces: { lan: { address: '10.0.0.1' } } }, { labels: { a: 'b' } }, null);

const common = {
  template: fc.record({
    metadata: mostly({ labels: { role: 'edge' } }, {}),
    spec: fc.record({
      class: mostly('x', 'a-${{ index }}'),
      interfaces: mostly({ lan: {} }, { lan: { address: '10.0.0.1' } }),
    }),
  }),
};

const anyGroup = fc.oneof(
  fc.record({
    ...common,
    count: mostly(2, '${{ vars.count }}', 0),
    naming: mostly('n-${{ index }}', '${{', '${{ index }}'),
    addressRange: mostly('10.0.0.1-10.0.0.9', { lan: '10.0.0.1-10.0.0.9/24' }, '::1-::f', '-'),
  }),
  fc.record({
    ...common,
    servers: fc.dictionary(fc.constantFrom('a', 'b', 'B_', 'constructor', ''), member),
  }),
  fc.dictionary(fc.constantFrom('template', 'servers', 'count', 'naming', 'addressRange'), fc.jsonValue()),
);

test('whatever a group says, it is told or it is servers, and nothing breaks', (t) => {
  let withServers = 0;
  fc.assert(
    fc.property(anyGroup, (spec) => {
      const text = document('ServerGroup', `metadata: {name: edge}\nspec: ${JSON.stringify(spec)}\n`);
      const { found, names, fleet } = compile({ 'base/a.yaml': text, 'demo/a.yaml': '' });
      if (names.length > 0) withServers += 1;
      const mayMiss = fleet.mayMiss?.('ServerGroup') === true || fleet.mayMiss?.('Server') === true;
      const isNone = /"count":-?0\b|"servers":\{("[^"]*":null,?)*\}/.test(text);
      t.true(isNone || names.length > 0 || (found.length > 0 && mayMiss), text);
    }),
    { numRuns: 400 },
  );
  t.true(withServers > 20);
});
