import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { analyse } from '../../controller/analyse/analyse.ts';
import { compileProject } from '../../controller/compile/compile-project.ts';
import { createFleet } from '../../controller/compile/create-fleet.ts';
import { kinds } from '../../controller/kinds/index.ts';
import { kebabName } from '../../scripts/generate/kind-names.ts';

const folder = join(import.meta.dirname, '../../controller/kinds');

const project = `apiVersion: drover.dev/v1alpha1
kind: Project
metadata: {name: acme}
spec: {environments: {all: {folders: [base], cluster: all, vars: {site: north}}}}
`;

async function exampleFiles() {
  const names = [...kinds.keys()].filter((name) => name !== 'Project');
  const files = await Promise.all(
    names.map(async (name) => ({
      path: `base/${kebabName(name)}.yaml`,
      bytes: new Uint8Array(await readFile(join(folder, kebabName(name), 'example.yaml'))),
      blobId: '',
    })),
  );
  return [...files, { path: 'drover.yaml', bytes: new TextEncoder().encode(project), blobId: '' }];
}

test('the examples of all kinds are together a fleet without errors', async (t) => {
  const files = (await exampleFiles()).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const source = { commit: undefined, files };
  const compiled = compileProject(source);
  const all = compiled.environments.get('all');
  if (all === undefined) throw new Error('the project did not compile');
  const parsed = new Map(
    all.hclJobs.map(({ id }) => [id, { ok: true as const, job: { ID: 'web', Namespace: 'shop' } }]),
  );
  const { fleet, diagnostics } = createFleet(all, source, parsed);
  const found = [...compiled.diagnostics, ...all.diagnostics, ...diagnostics, ...analyse(fleet)];
  t.deepEqual(
    found.filter(({ severity }) => severity === 'error'),
    [],
  );
  t.is(fleet.byKind('VaultPolicy').length, 2);
});
