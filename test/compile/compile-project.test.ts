import test from 'ava';
import * as fc from 'fast-check';
import { compileProject } from '../../controller/compile/compile-project.ts';
import type { Resource } from '../../controller/model/resource.ts';
import { resourceId } from '../../controller/model/resource.ts';
import { consulKey, document, oneEnvironment, project, server } from './fleet-files.ts';
import { briefly, findingsOf } from './read-case.ts';
import { sourceOf } from './source-of.ts';

const merge = ', annotations: {drover.dev/patch: merge}';

function compile(files: Readonly<Record<string, string>>) {
  const compiled = compileProject(sourceOf({ 'drover.yaml': oneEnvironment, ...files }));
  const environment = compiled.environments.get('demo');
  return {
    ...compiled,
    environment,
    find: (id: string): Resource | undefined =>
      environment?.resources.find((resource) => resourceId(resource) === id),
    all: [...compiled.diagnostics, ...(environment?.diagnostics ?? [])].map((finding) => finding.message),
  };
}

test('an environment has the defaults of the language', (t) => {
  const { environment, fleetName } = compile({ 'base/a.yaml': '', 'demo/a.yaml': '' });
  t.is(fleetName, 'acme');
  t.deepEqual(environment?.environment, {
    name: 'demo',
    folders: ['base', 'demo'],
    vars: { domain: 'acme.example', count: 2 },
    rules: {
      environment: 'demo',
      fleet: 'acme',
      cluster: 'demo',
      epoch: 1,
      mode: 'Observe',
      merge: 'Manual',
      approvals: { count: 1 },
      after: [],
      soakMs: 0,
      guard: { deletes: { count: 1, percent: 10 }, stateful: 'Confirm', confirmers: [] },
      drift: { mode: 'Alert', afterMs: 600_000, onStopped: 'Respect' },
      rollout: {
        maxUnavailable: '10%',
        minReadyMs: 60_000,
        confirmTimeoutMs: 120_000,
        stopAfterFailures: 1,
        deadlineMs: 7_200_000,
      },
      converged: { serversPercent: 100, silentForMs: 600_000 },
    },
  });
});

test('an environment has what drover.yaml says', (t) => {
  const written = `    prod:
      folders: [.]
      cluster: prod
      mode: Enforce
      merge: Auto
      soak: 30m
      epoch: 3
      guard: {deletes: {count: 2, percent: 5}, stateful: Allow, confirmers: [alice]}
      drift: {mode: Heal, after: 1h30m, onStopped: Heal}
      rollout: {canary: {matchLabels: {canary: "true"}, pause: 15m}, maxUnavailable: 1, minReady: 5s, confirm: {timeout: 1m}, stopAfter: {failures: 2}, deadline: 1h}
      converged: {servers: 95%, silentFor: 5m}
`;
  const { environments, diagnostics } = compileProject(sourceOf({ 'drover.yaml': project(written) }));
  t.deepEqual(diagnostics, []);
  t.like(environments.get('prod')?.environment.rules, {
    epoch: 3,
    mode: 'Enforce',
    merge: 'Auto',
    approvals: { count: 0 },
    soakMs: 1_800_000,
    guard: { deletes: { count: 2, percent: 5 }, stateful: 'Allow', confirmers: ['alice'] },
    drift: { mode: 'Heal', afterMs: 5_400_000, onStopped: 'Heal' },
    rollout: {
      canary: { matchLabels: { canary: 'true' }, pauseMs: 900_000 },
      maxUnavailable: 1,
      minReadyMs: 5000,
      confirmTimeoutMs: 60_000,
      stopAfterFailures: 2,
      deadlineMs: 3_600_000,
    },
    converged: { serversPercent: 95, silentForMs: 300_000 },
  });
});

test('a later layer patches an earlier one: maps merge, null deletes, lists are replaced', (t) => {
  const base =
    'metadata: {name: web, labels: {a: "1", b: "2"}}\nspec: {json: {ID: web, Datacenters: [a, b], Meta: {x: "1", y: "2"}}, stateful: true}\n';
  const patch = `metadata: {name: web, labels: {b: "3"}${merge}}\nspec: {json: {Datacenters: [c], Meta: {x: null, z: "3"}}, stateful: null}\n`;
  const { find, all } = compile({
    'base/a.yaml': document('NomadJob', base),
    'demo/a.yaml': document('NomadJob', patch),
  });
  t.deepEqual(all, []);
  const web = find('NomadJob/default/web');
  t.deepEqual(web?.spec, { json: { ID: 'web', Datacenters: ['c'], Meta: { y: '2', z: '3' } } });
  t.deepEqual(web?.metadata.labels, { a: '1', b: '3' });
  t.deepEqual(web?.metadata.annotations, {});
  t.is(web?.path, 'base/a.yaml');
});

test('a field is located in the layer that set it last, and the whole in the first', (t) => {
  const { find } = compile({
    'base/a.yaml': consulKey('flags', '{key: a, value: b}'),
    'demo/a.yaml': consulKey('flags', '{value: c}', merge),
  });
  const flags = find('ConsulKey/flags');
  t.like(flags?.locate(['spec', 'key']), { path: 'base/a.yaml', line: 4, column: 13 });
  t.like(flags?.locate(['spec', 'value']), { path: 'demo/a.yaml', line: 4, column: 15 });
  t.like(flags?.locate(['spec', 'value'], 'key'), { path: 'demo/a.yaml', line: 4, column: 8 });
  t.like(flags?.locate(['spec', 'other', 'deeper']), { path: 'base/a.yaml', line: 4, column: 1 });
  t.like(flags?.locate(['metadata', 'name']), { path: 'base/a.yaml', line: 3, column: 18 });
});

test('a block of lines is shown at its key, and a document that lacks a part at its kind', (t) => {
  const { find, diagnostics } = compile({
    'base/a.yaml': consulKey('flags', '\n  key: a\n  value: b\n'),
    'demo/b.yaml': 'apiVersion: drover.dev/v1alpha1\nkind: ConsulKey\nspec: {key: b, value: c}\n',
  });
  t.like(find('ConsulKey/flags')?.locate(['spec']), {
    path: 'base/a.yaml',
    line: 4,
    column: 1,
    endColumn: 5,
  });
  t.deepEqual(
    diagnostics.map((found) => briefly(found)),
    ['DRV0303 demo/b.yaml:2:7'],
  );
});

test('merge-or-create creates what is not there', (t) => {
  const create = ', annotations: {drover.dev/patch: merge-or-create}';
  const { find, all } = compile({
    'demo/a.yaml': consulKey('flags', '{key: a, value: b}', create),
    'base/x': '',
  });
  t.deepEqual(all, []);
  t.deepEqual(find('ConsulKey/flags')?.spec, { key: 'a', value: 'b' });
});

test('a patch beside what it patches is refused: inside a layer there is no order', (t) => {
  const { all } = compile({
    'base/a.yaml': consulKey('flags', '{key: a, value: b}'),
    'base/b.yaml': consulKey('flags', '{value: c}', merge),
    'demo/x': '',
  });
  t.deepEqual(all, ['ConsulKey/flags is declared twice']);
});

test('the order of documents inside a layer does not matter', (t) => {
  const files = [
    consulKey('a', '{key: a, value: "1"}'),
    consulKey('b', '{key: b, value: "2"}'),
    server('web-1', '10.0.0.1'),
  ];
  const compileWith = (texts: readonly string[]) => {
    const named = Object.fromEntries(texts.map((text, index) => [`base/${index}.yaml`, text]));
    return compile({ ...named, 'demo/x': '' }).environment?.resources.map(({ kind, metadata, spec }) => ({
      kind,
      metadata,
      spec,
    }));
  };
  t.deepEqual(compileWith(files.toReversed()), compileWith(files));
});

test('expressions read variables and servers, and keep types', (t) => {
  const job =
    'metadata: {name: web}\nspec:\n  json: {ID: web, Count: "${{ vars.count }}", Meta: {host: "x.${{ vars.domain }}", first: "${{ servers({\\"role\\": \\"client\\"})[0].address }}"}}\n';
  const { find, all } = compile({
    'base/a.yaml': document('NomadJob', job),
    'base/b.yaml': server('web-1', '10.0.0.1/24'),
    'demo/x': '',
  });
  t.deepEqual(all, []);
  t.deepEqual(find('NomadJob/default/web')?.spec.json, {
    ID: 'web',
    Count: 2,
    Meta: { host: 'x.acme.example', first: '10.0.0.1' },
  });
});

test('deferred fields keep their expressions for later', (t) => {
  const config =
    'metadata: {name: motd}\nspec: {selector: {}, files: {/etc/motd: {content: "${{ server.name }}", template: true}}}\n';
  const { find } = compile({ 'base/a.yaml': document('MachineConfig', config), 'demo/x': '' });
  t.like(find('MachineConfig/motd')?.spec, { files: { '/etc/motd': { content: '${{ server.name }}' } } });
});

test('an HCL file is a job, unless a NomadJob names it', (t) => {
  const hcl =
    'variable "domain" {}\nvariable "image" {}\n\njob "the_web" {\n  namespace = "shop"\n  group "g" {\n    task "t" {\n      template { data = file("conf/x.conf") }\n    }\n  }\n}\n';
  const named =
    'metadata: {name: db, namespace: shop}\nspec: {hcl: {file: db.nomad.hcl}, variables: {image: "pg:17"}}\n';
  const { environment, all } = compile({
    'base/web.nomad.hcl': hcl,
    'base/conf/x.conf': 'hello',
    'base/db.nomad.hcl': hcl,
    'base/db.yaml': document('NomadJob', named),
    'demo/x': '',
  });
  t.deepEqual(all, []);
  t.deepEqual(
    environment?.hclJobs.map(({ id, request }) => [
      id,
      request.path,
      request.variables,
      [...request.files.keys()],
    ]),
    [
      ['NomadJob/shop/db', 'base/db.nomad.hcl', { domain: 'acme.example', image: 'pg:17' }, ['conf/x.conf']],
      ['NomadJob/shop/web', 'base/web.nomad.hcl', { domain: 'acme.example' }, ['conf/x.conf']],
    ],
  );
  t.is(environment?.resources.find(({ metadata }) => metadata.name === 'web')?.spec.jobId, 'the_web');
});

test('an HCL job without YAML can be patched by a later layer', (t) => {
  const patch = 'metadata: {name: web, annotations: {drover.dev/patch: merge}}\nspec: {stateful: true}\n';
  const { find, all } = compile({
    'base/web.nomad.hcl': 'job "web" {}\n',
    'demo/a.yaml': document('NomadJob', patch),
  });
  t.deepEqual(all, []);
  t.deepEqual(find('NomadJob/default/web')?.spec, { hcl: { file: 'web.nomad.hcl' }, stateful: true });
});

test('a job that the guard refuses is not given to the parser', (t) => {
  const { environment } = compile({
    'base/web.nomad.hcl': 'job "web" {\n  meta { id = uuidv4() }\n}\n',
    'demo/x': '',
  });
  t.deepEqual(environment?.hclJobs, []);
  t.true(environment?.brokenIds.has('NomadJob/default/web'));
});

test('files of other programs beside definitions are not looked at', (t) => {
  const { all } = compile({
    'base/vector.yaml': 'sources: {a: !custom x}\nbroken: [',
    'base/k8s.yaml': 'apiVersion: v1\nkind: ConfigMap\n',
    'base/bytes.yml': '\u0000\u0001',
    'demo/x': '',
  });
  t.deepEqual(all, []);
});

test('a finding that all environments share is told once and without an environment', (t) => {
  const environments =
    '    dev: {folders: [base, dev], cluster: dev}\n    prod: {folders: [base, prod], cluster: prod}\n';
  const { diagnostics, environments: compiled } = compileProject(
    sourceOf({
      'drover.yaml': project(environments),
      'base/a.yaml': consulKey('flags', '{key: a, value: b, wrong: 1}'),
      'dev/x': '',
      'prod/a.yaml': consulKey('other', '{value: b}'),
    }),
  );
  t.deepEqual(
    diagnostics.map(({ code, environment }) => [code, environment]),
    [['DRV0304', undefined]],
  );
  t.deepEqual(compiled.get('dev')?.diagnostics, []);
  t.deepEqual(
    compiled.get('prod')?.diagnostics.map(({ code, environment }) => [code, environment]),
    [['DRV0303', 'prod']],
  );
});

test('a yes where a boolean is wanted is one finding with the hint of the trap', (t) => {
  const { diagnostics } = compile({
    'base/a.yaml': document('NomadJob', 'metadata: {name: web}\nspec: {json: {ID: web}, stateful: Yes}\n'),
    'demo/x': '',
  });
  t.is(diagnostics.length, 1);
  t.like(diagnostics[0], { code: 'DRV0305', hint: 'write true' });
});

test('a yes where one of some words is wanted keeps the hint of these words', (t) => {
  const { diagnostics } = compile({
    'base/a.yaml': document('NomadJob', 'metadata: {name: web}\nspec: {json: {ID: web}, onStopped: yes}\n'),
    'demo/x': '',
  });
  t.deepEqual(
    diagnostics.map(({ code, hint }) => [code, hint]),
    [['DRV0306', 'use one of the allowed words']],
  );
});

test('nothing follows from a definition that has findings of its own', (t) => {
  const job = (name: string, spec: string) =>
    document('NomadJob', `metadata: {name: ${name}}\nspec: ${spec}\n`);
  const found = findingsOf(
    sourceOf({
      'drover.yaml': oneEnvironment,
      'base/a.yaml': job('web', '{json: {ID: web}, dependsOn: [db, cache, queue]}'),
      'base/db.yaml': job('db', '{json: {ID: db}, statefull: true}'),
      'base/cache.yaml': job('cache', '{json: {ID: cache}').replace('}\n', '\n'),
      'base/queue.yaml': job('queue', '{json: {ID: queue}}').replace('NomadJob', 'NomadJop'),
      'demo/a.yaml': document(
        'NomadJob',
        'metadata: {name: db, annotations: {drover.dev/patch: merge}}\nspec: {stateful: true}\n',
      ),
    }),
  );
  t.deepEqual(
    found.map(({ code, span }) => `${code} ${span.path}`),
    ['DRV0101 base/cache.yaml', 'DRV0304 base/db.yaml', 'DRV0302 base/queue.yaml'],
  );
});

test('twelve mistakes in one folder are shown at once, none twice', (t) => {
  const found = findingsOf(
    sourceOf({
      'drover.yaml': project(
        '    demo: {folders: [base, demo], cluster: demo, mod: Enforce, vars: {domain: acme.example}}\n',
      ),
      'base/01.yaml': consulKey('one', '{key: one, value: "${{ vars.domian }}"}'),
      'base/02.yaml': consulKey('two', '{key: two, value: 1.20}'),
      'base/03.yaml': consulKey('three', '{key: three, valu: x}'),
      'base/04.yaml': document('ConsulKeys', 'metadata: {name: four}\nspec: {key: four, value: x}\n'),
      'base/05.yaml': document(
        'NomadJob',
        'metadata: {name: five}\nspec: {json: {ID: five}, dependsOn: [fife]}\n',
      ),
      'base/06.yaml': server('web-1', '10.0.0.1', ', state: Activ'),
      'base/07.yaml': `${server('web-2', '10.0.0.2')}---\n${server('web-3', '10.0.0.2')}`,
      'base/08.yaml': consulKey('eight', '{key: eight, value: x, key: nine}'),
      'base/09.yaml': document(
        'MachineConfig',
        'metadata: {name: nine}\nspec: {selector: {}, files: {/etc/motd: {content: x, mode: 0644}}}\n',
      ),
      'base/10.yaml': consulKey('ten', '{key: ten, value: [x}'),
      'demo/11.yaml': consulKey('eleven', '{value: y}', merge),
    }),
    '0.4.0',
  ).filter(({ severity }) => severity === 'error');
  t.deepEqual(
    found.map((finding) => briefly(finding)),
    [
      'DRV0402 base/01.yaml:4:35',
      'DRV0113 base/02.yaml:4:25',
      'DRV0304 base/03.yaml:4:20',
      'DRV0302 base/04.yaml:2:7',
      'DRV0501 base/05.yaml:4:38',
      'DRV0306 base/06.yaml:4:87',
      'DRV0506 base/07.yaml:9:36',
      'DRV0102 base/08.yaml:4:30',
      'DRV0110 base/09.yaml:4:60',
      'DRV0101 base/10.yaml:4:27',
      'DRV0212 demo/11.yaml:3:18',
      'DRV0304 drover.yaml:6:50',
    ],
  );
});

test('no byte sequence makes the compiler throw', (t) => {
  const names = fc.constantFrom(
    'drover.yaml',
    'base/a.yaml',
    'base/b.yml',
    'base/c.nomad.hcl',
    'demo/a.yaml',
    'x/y.yaml',
  );
  const pieces = fc.constantFrom(
    'apiVersion: drover.dev/v1alpha1\n',
    'kind: Project\n',
    'kind: NomadJob\n',
    'kind: Server\n',
    'kind: VaultSecret\n',
    'metadata: {name: a}\n',
    'metadata:\n  name: demo\n',
    'spec:\n',
    'spec: {}\n',
    '  environments:\n',
    '    demo: {folders: [base, demo], cluster: c}\n',
    '  hcl: {file: c.nomad.hcl}\n',
    '  path: x\n',
    '  keys: {a: 1}\n',
    '  interfaces: {a: {address: 1}}\n',
    '${{ secret("a", "b") }}',
    'annotations: {drover.dev/patch: merge}\n',
    '---\n',
    '&a ',
    '*a',
    '!!binary ',
    '? ',
    '[',
    '{',
    '"',
    '\t',
    'job "x" {',
    '__proto__: ',
    'constructor: ',
  );
  const text = fc
    .array(fc.oneof(pieces, fc.string()), { maxLength: 20 })
    .map((parts) => new TextEncoder().encode(parts.join('')));
  const content = fc.oneof(text, fc.uint8Array({ maxLength: 100 }));
  fc.assert(
    fc.property(fc.dictionary(names, content), fc.boolean(), (files, hasProject) => {
      const withProject = hasProject ? { 'drover.yaml': oneEnvironment } : {};
      for (const { message, hint } of findingsOf(sourceOf({ ...files, ...withProject })))
        t.truthy(message && hint);
    }),
    { numRuns: 300 },
  );
});

test('braces inside HCL are the program’s own, those around it are Drover’s', (t) => {
  const hcl = 'job "web" { meta { at = "${{ vars.domain }}" } }';
  const { environment, all } = compile({
    'base/a.yaml': '',
    'demo/web.yaml': document('NomadJob', `metadata: {name: web}\nspec:\n  hcl:\n    inline: '${hcl}'\n`),
    'demo/far.yaml': document(
      'NomadJob',
      'metadata: {name: far}\nspec: {hcl: {file: "${{ vars.domain }}.hcl"}}\n',
    ),
    'demo/acme.example.hcl': hcl,
  });
  t.deepEqual(all, []);
  t.deepEqual(
    environment?.hclJobs.map(({ request }) => request.hcl),
    [hcl, hcl],
  );
});

test('of a folder that is misspelt nothing else is told', (t) => {
  const source = sourceOf({
    'drover.yaml': project('    demo: {folders: [base, environment/demo], cluster: demo}\n'),
    'base/k.yaml': consulKey('flags', '{key: shop/flags, value: x}'),
    'environments/demo/s.yaml': server('web-1', '10.0.0.1'),
  });
  const { diagnostics, environments } = compileProject(source);
  t.deepEqual(
    diagnostics.map(({ code, hint }) => [code, hint]),
    [['DRV0204', 'did you mean "environments/demo"?']],
  );
  t.true(environments.get('demo')?.hasUnknown);
});

test('a patch of something absent names what was probably meant', (t) => {
  const job = (name: string, namespace: string, more = '') =>
    document(
      'NomadJob',
      `metadata: {name: ${name}, namespace: ${namespace}${more}}\nspec: {onStopped: Heal}\n`,
    );
  const hintOf = (name: string, namespace: string) => {
    const files = {
      'base/a.yaml': document(
        'NomadJob',
        'metadata: {name: web, namespace: shop}\nspec: {json: {ID: web}}\n',
      ),
      'demo/a.yaml': job(name, namespace, merge),
    };
    const { diagnostics } = compile(files);
    return diagnostics.map(({ code, hint }) => [code, hint]);
  };
  t.deepEqual(hintOf('wbe', 'shop'), [['DRV0212', 'did you mean "web"?']]);
  t.deepEqual(hintOf('web', 'shpo'), [['DRV0212', 'NomadJob/shop/web is there: correct the namespace']]);
});

test('a job whose definition names no file that is there is not declared a second time by its own file', (t) => {
  const job = (spec: string) =>
    `apiVersion: drover.dev/v1alpha1\nkind: NomadJob\nmetadata: {name: web}\nspec: ${spec}\n`;
  for (const spec of ['{stateful: true}', '{hcl: {file: wbe.nomad.hcl}}']) {
    const { all, environment } = compile({
      'base/web.yaml': job(spec),
      'base/web.nomad.hcl': 'job "web" {\n}\n',
      'demo/x': '',
    });
    t.deepEqual(all, []);
    t.deepEqual(environment?.hclJobs, []);
  }
});

test('a kind of ours below a version without its group is not passed over, another system’s is', (t) => {
  const below = (version: string, kind: string) =>
    `apiVersion: ${version}\nkind: ${kind}\nmetadata: {name: x}\nspec: {key: a, value: b}\n`;
  const { diagnostics } = compile({
    'demo/a.yaml': below('v1alpha1', 'ConsulKey'),
    'demo/b.yaml': below('v1', 'ConsulKey'),
    'demo/c.yaml': below('v1', 'Pod'),
    'demo/d.yaml': below('v1', 'Pod') + '  {{ helm }}: [',
    'demo/e.yaml': below('secrets.hashicorp.com/v1beta1', 'VaultAuth'),
    'base/x': '',
  });
  t.deepEqual(
    diagnostics.map((found) => briefly(found)),
    ['DRV0301 demo/a.yaml:1:13', 'DRV0301 demo/b.yaml:1:13'],
  );
});
