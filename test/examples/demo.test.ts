import { join } from 'node:path';
import test from 'ava';
import { analyse } from '../../controller/analyse/analyse.ts';
import { compileProject } from '../../controller/compile/compile-project.ts';
import { createFleet } from '../../controller/compile/create-fleet.ts';
import type { JsonObject } from '../../controller/model/json.ts';
import type { ServerDocument } from '../../controller/model/payload.ts';
import { renderEnvironment } from '../../controller/render/render-environment.ts';
import { readFolder } from '../../controller/source/read-folder.ts';
import { smallProvenance } from '../golden/small-fleet.ts';

const folder = join(import.meta.dirname, '../../manifests/examples/demo');
const source = await readFolder(folder, AbortSignal.timeout(10_000));
const project = compileProject(source, { droverVersion: '0.4.0' });
const compiled = project.environments.get('demo');
if (compiled === undefined) throw new Error('the demo has no environment demo');

/** As little of a job as Nomad's parser would find: its type, and its own names. */
function roughly(hcl: string): JsonObject {
  const text = (pattern: RegExp) => pattern.exec(hcl)?.[1] ?? null;
  return {
    ID: text(/job "([^"]+)"/),
    Namespace: text(/namespace\s*=\s*"([^"]+)"/),
    Type: text(/type\s*=\s*"(service|system|batch)"/),
  };
}

const parsed = new Map(
  compiled.hclJobs.map(({ id, request }) => [id, { ok: true as const, job: roughly(request.hcl) }]),
);
const { fleet, diagnostics } = createFleet(compiled, source, parsed);
const { tree, inventory, diagnostics: rendered } = renderEnvironment(fleet, smallProvenance);
const text = (path: string) => new TextDecoder().decode(tree.get(path));

test('the demo’s fleet has no findings but that its servers have not joined', (t) => {
  const found = [
    ...project.diagnostics,
    ...compiled.diagnostics,
    ...diagnostics,
    ...analyse(fleet),
    ...rendered,
  ].map(({ message }) => message.replace(/web-\d/, 'NAME'));
  t.deepEqual([...new Set(found)], ['the server NAME has not joined: there is no ServerKey of that name']);
});

test('it has three servers, four jobs, and each kind that the demo shows', (t) => {
  const keys = inventory.entries.map(({ kind, key }) => `${kind}:${key}`);
  t.deepEqual(keys, [
    'consul-key:shop/banner',
    'consul-key:shop/flags',
    'nomad-job:shop/api',
    'nomad-job:shop/log-shipper',
    'nomad-job:shop/status',
    'nomad-job:shop/web',
    'nomad-namespace:shop',
    'server:web-1',
    'server:web-2',
    'server:web-3',
    'vault-auth:jwt-nomad',
    'vault-mount:kv',
    'vault-policy:nomad-workloads',
    'vault-role:jwt-nomad/nomad-workloads',
    'vault-secret:kv/shop/db',
  ]);
});

test('each server’s Nomad client has its own address, folder and ports', (t) => {
  const own = ['web-1', 'web-2', 'web-3'].map((name) => {
    const config = text(`servers/${name}/files/etc/nomad%2Ed/client%2Ehcl.txt`);
    const found = (pattern: RegExp) => pattern.exec(config)?.[1];
    return [found(/bind_addr\s*= "(.*)"/), found(/data_dir\s*= "(.*)"/), found(/min_dynamic_port\s*= (\d+)/)];
  });
  t.deepEqual(
    own.map(([address]) => address),
    ['127.40.1.11', '127.40.1.12', '127.40.1.13'],
  );
  for (const column of [0, 1, 2]) t.is(new Set(own.map((row) => row[column])).size, 3);
});

test('the client’s service restarts on its configuration and is checked afterwards', (t) => {
  const document = JSON.parse(text('servers/web-1/payload.json')) as ServerDocument;
  t.like(document.units[0], {
    name: 'nomad.service',
    restartOn: ['/etc/nomad.d/client.hcl'],
    state: 'Running',
  });
  t.is(document.checks[0]?.http, 'http://127.40.1.11:4646/v1/agent/health?type=client');
});

test('the four jobs stand in the three forms that a job can have', (t) => {
  const forms = inventory.entries
    .filter(({ kind }) => kind === 'nomad-job')
    .map(({ key, path, wave }) => {
      const { submission } = JSON.parse(text(path)) as { submission: { format: string; variables: string } };
      return [key, submission.format, wave, submission.variables.includes('nodeCommand')];
    });
  t.deepEqual(forms, [
    ['shop/api', 'hcl2', 60, true],
    ['shop/log-shipper', 'hcl2', 40, true],
    ['shop/status', 'json', 60, false],
    ['shop/web', 'hcl2', 60, true],
  ]);
});
