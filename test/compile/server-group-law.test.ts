import test from 'ava';
import * as fc from 'fast-check';
import { compileProject } from '../../controller/compile/compile-project.ts';
import { createFleet } from '../../controller/compile/create-fleet.ts';
import { server as serverKind } from '../../controller/kinds/server/index.ts';
import type { ServerSpec } from '../../controller/kinds/server/schema.ts';
import { document, oneEnvironment } from './fleet-files.ts';
import { sourceOf } from './source-of.ts';

const machine = document(
  'MachineConfig',
  `metadata: {name: motd}
spec:
  selector: {}
  files: {/etc/motd: {content: '\${{ server.name }} \${{ server.address }} \${{ server.datacenter }} \${{ size(servers({"tier": "a"})) }}', template: true}}
`,
);

/** What each server is, its findings and its rendered files. */
function outcome(text: string) {
  const source = sourceOf({
    'drover.yaml': oneEnvironment,
    'base/a.yaml': text,
    'base/m.yaml': machine,
    'demo/a.yaml': '',
  });
  const compiled = compileProject(source);
  const environment = compiled.environments.get('demo');
  if (environment === undefined) throw new Error('the project did not compile');
  const { fleet } = createFleet(environment, source, new Map());
  const servers = fleet.byKind<ServerSpec>('Server');
  return {
    servers: servers.map(({ metadata, spec }) => ({ metadata, spec })),
    facts: [...environment.servers.values()],
    files: servers
      .flatMap((server) => serverKind.render?.(server, fleet).units ?? [])
      .flatMap(({ files }) => [...files].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)])),
    codes: compiled.diagnostics.map(({ code }) => code).toSorted(),
  };
}

const labels = fc.dictionary(fc.constantFrom('tier', 'role'), fc.constantFrom('a', 'b'));

/** Fields that a member may say instead of the template, or beside it. */
const part = fc.record(
  {
    datacenter: fc.constantFrom('fsn1', 'hel1'),
    nodePool: fc.constantFrom('gpu', 'default'),
    failureDomain: fc.constantFrom('rack-a', 'rack-${{ vars.count }}'),
    facts: fc.dictionary(fc.constantFrom('x', 'y'), fc.constantFrom(1, 'one', true)),
  },
  { requiredKeys: [] },
);

const names = ['m1', 'm2', 'm3'];

/** As the language says it: maps are joined, all else replaced. */
function laidOver(template: Part, member: Part, index: number) {
  const facts = { ...template.facts, ...member.facts };
  const hasFacts = template.facts !== undefined || member.facts !== undefined;
  const interfaces = { lan: { address: `10.0.0.${index + 1}` } };
  return { class: 'cx32', interfaces, ...template, ...member, ...(hasFacts ? { facts } : {}) };
}

interface Part {
  readonly facts?: Readonly<Record<string, unknown>>;
}

test('a group is the same as its servers written out', (t) => {
  const members = fc.array(fc.record({ labels, part }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(fc.record({ labels, part }), members, (template, written) => {
      const inGroup = written.map((one, index) => [
        names[index],
        { ...one.part, labels: one.labels, interfaces: { lan: { address: `10.0.0.${index + 1}` } } },
      ]);
      const spec = {
        template: { metadata: { labels: template.labels }, spec: { class: 'cx32', ...template.part } },
        servers: Object.fromEntries(inGroup),
      };
      const grouped = document('ServerGroup', `metadata: {name: g}\nspec: ${JSON.stringify(spec)}\n`);
      const alone = written.map((one, index) => {
        const metadata = { name: names[index], labels: { ...template.labels, ...one.labels } };
        const server = laidOver(template.part, one.part, index);
        return document('Server', `metadata: ${JSON.stringify(metadata)}\nspec: ${JSON.stringify(server)}\n`);
      });
      t.deepEqual(outcome(grouped), outcome(alone.join('---\n')));
    }),
    { numRuns: 60 },
  );
});
