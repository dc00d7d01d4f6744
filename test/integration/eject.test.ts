import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { compareJob } from '../../controller/apply/l2/compare-job.ts';
import type { JsonObject } from '../../controller/model/json.ts';
import type { InventoryEntry } from '../../controller/model/tree.ts';
import { ensureTool } from '../../scripts/toolchain/index.ts';
import { ownFolder, runDrover } from '../cli/run-drover.ts';

const { binary } = await ensureTool('nomad', { log: () => undefined });

const project = `apiVersion: drover.dev/v1alpha1
kind: Project
metadata: {name: acme}
spec:
  environments:
    prod: {folders: [base], cluster: prod, vars: {count: 3}}
    dev: {folders: [base, dev], cluster: dev, vars: {count: 1}}
`;
const secret = `apiVersion: drover.dev/v1alpha1
kind: VaultMount
metadata: {name: kv}
spec: {type: kv, options: {version: "2"}}
---
apiVersion: drover.dev/v1alpha1
kind: VaultSecret
metadata: {name: db}
spec: {path: kv/shop/db, keys: {url: {generate: {length: 32}}}}
---
apiVersion: drover.dev/v1alpha1
kind: NomadNamespace
metadata: {name: shop}
spec: {}
---
apiVersion: drover.dev/v1alpha1
kind: Application
metadata: {name: postgres, namespace: shop}
spec: {image: "postgres:17", resources: {memory: 64Mi}, stateful: true}
`;
const web = `apiVersion: drover.dev/v1alpha1
kind: Application
metadata: {name: web, namespace: shop, annotations: {drover.dev/protect: "true"}}
spec:
  image: registry.acme.example/web:1
  count: "\${{ vars.count }}"
  ports: {http: 8080}
  health: {http: {path: /, port: http}}
  env: {GREETING: 'a "quoted" \${NOMAD_ALLOC_ID}'}
  secrets: {DATABASE_URL: {secret: db, key: url}}
  files: {/etc/web.tmpl: {content: "{{ mine }}\\n"}}
  resources: {memory: 64Mi}
  migration: {command: [migrate], deadline: 20m}
  dependsOn: [postgres]
`;
const patch = `apiVersion: drover.dev/v1alpha1
kind: Application
metadata: {name: web, namespace: shop, annotations: {drover.dev/patch: merge}}
spec: {env: {GREETING: dev}}
`;
const report = `apiVersion: drover.dev/v1alpha1
kind: NomadJob
metadata: {name: report, namespace: shop}
spec:
  json:
    Type: batch
    TaskGroups: [{Name: report, Tasks: [{Name: report, Driver: docker, Config: {image: "report:1"}}]}]
`;
const flag = `apiVersion: drover.dev/v1alpha1
kind: ConsulKey
metadata: {name: flag}
spec: {key: shop/flag, value: "on"}
`;
const files = {
  'drover.yaml': project,
  'base/secret.yaml': secret,
  'base/web.yaml': web,
  'base/report.yaml': report,
  'dev/web.yaml': patch,
  'dev/flag.yaml': flag,
};

/** The jobs of a rendered environment, and their inventory entries. */
async function render(folder: string, out: string, home: string) {
  const args = ['render', '.', '--environment', 'prod', '--out', out];
  const { exitCode, err } = await runDrover(args, { cwd: folder, env: { HOME: home, DROVER_NOMAD: binary } });
  if (exitCode !== 0) throw new Error(err);
  const jobs = path.join(out, 'nomad/jobs/shop');
  const texts = await Promise.all(
    (await readdir(jobs)).map(async (name) => [name, await readFile(path.join(jobs, name), 'utf8')] as const),
  );
  const inventory = JSON.parse(await readFile(path.join(out, 'inventory.json'), 'utf8')) as {
    entries: readonly InventoryEntry[];
  };
  return {
    jobs: new Map(texts.map(([name, text]) => [name, (JSON.parse(text) as { job: JsonObject }).job])),
    entries: inventory.entries.filter(({ kind }) => kind === 'nomad-job'),
  };
}

test('an application that is ejected, and deleted as told, leaves the same jobs with the same handling', async (t) => {
  const folder = await ownFolder(t, files);
  const home = await ownFolder(t);
  const env = { HOME: home, DROVER_NOMAD: binary };
  const before = await render(folder, path.join(home, 'before'), home);
  const plain = await runDrover(['eject', 'job/shop/report'], { cwd: folder, env });
  t.is(plain.exitCode, 0, plain.err);
  await rm(path.join(folder, 'base/report.yaml'));
  const refused = await runDrover(['eject', 'app/shop/web'], { cwd: folder, env });
  t.is(refused.exitCode, 2);
  t.regex(refused.err, /not the same in/);

  const ejected = await runDrover(['eject', 'app/shop/web', '--environment', 'prod'], { cwd: folder, env });
  t.is(ejected.exitCode, 0, ejected.err);
  t.regex(ejected.out, /delete {3}Application\/shop\/web in base\/web\.yaml:1/);
  t.regex(ejected.out, /dev: TaskGroups\[web\]\.Count, TaskGroups\[web\]\.Tasks\[web\]\.Env\.GREETING/);
  t.regex(ejected.out, /web-migrate runs once for each content/);
  t.deepEqual((await readdir(path.join(folder, 'base'))).sort(), [
    'report.nomad.hcl',
    'secret.yaml',
    'web-migrate.job.yaml',
    'web-migrate.nomad.hcl',
    'web.job.yaml',
    'web.nomad.hcl',
    'web.yaml',
  ]);
  const both = await runDrover(['validate'], { cwd: folder, env });
  t.regex(both.out, /DRV0503/, 'until it is deleted, two definitions make one job');

  await rm(path.join(folder, 'base/web.yaml'));

  await rm(path.join(folder, 'dev/web.yaml'));
  const after = await render(folder, path.join(home, 'after'), home);
  t.deepEqual([...after.jobs.keys()], [...before.jobs.keys()]);
  for (const [name, job] of before.jobs) t.deepEqual(compareJob(job, after.jobs.get(name) ?? {}), [], name);
  const handling = ({ key, wave, options: { once, ...options } }: InventoryEntry) => ({
    key,
    wave,
    isOnce: once !== undefined,
    ...options,
  });
  t.deepEqual(after.entries.map(handling), before.entries.map(handling));
});

test('what is no application, or not there, is refused with words', async (t) => {
  const folder = await ownFolder(t, files);
  const env = { HOME: await ownFolder(t), DROVER_NOMAD: binary };
  for (const [definition, words] of [
    ['web', /names no definition/],
    ['app/shop/none', /nothing declares a job/],
    ['secret/db', /nothing declares a job|can mean several kinds/],
    ['app/shop/web/x', /names no definition/],
  ] as const) {
    const { exitCode, err } = await runDrover(['eject', definition], { cwd: folder, env });
    t.is(exitCode, 2, definition);
    t.regex(err, words);
  }
});
