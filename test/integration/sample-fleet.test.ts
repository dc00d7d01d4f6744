import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import type { Diagnostic } from '../../controller/model/diagnostic.ts';
import { ensureTool } from '../../scripts/toolchain/index.ts';
import { ownFolder, runDrover } from '../cli/run-drover.ts';

const sample = path.resolve(import.meta.dirname, '../../manifests/examples/acme');
let env: Readonly<Record<string, string>>;

test.before(async () => {
  const { binary } = await ensureTool('nomad', { log: () => undefined });
  env = { DROVER_NOMAD: binary, HOME: '/nonexistent' };
});

type Told = Pick<Diagnostic, 'code' | 'severity' | 'message'> & {
  readonly path: string;
  readonly line: number;
};

async function findingsIn(folder: string, home: string): Promise<readonly Told[]> {
  const run = await runDrover(['validate', folder, '--format', 'json'], { env: { ...env, HOME: home } });
  return JSON.parse(run.out) as readonly Told[];
}

test('the sample fleet validates without an error', async (t) => {
  const found = await findingsIn(sample, await ownFolder(t));
  t.deepEqual(
    found.filter(({ severity }) => severity === 'error'),
    [],
  );
});

for (const environment of ['dev', 'prod']) {
  test(`the sample fleet renders for ${environment}, every job and server of it`, async (t) => {
    const out = await ownFolder(t);
    const home = await ownFolder(t);
    const args = ['render', sample, '--environment', environment, '--out', out];
    const { exitCode, err } = await runDrover(args, { env: { ...env, HOME: home } });
    t.is(exitCode, 0, err);
    const jobs = await readdir(path.join(out, 'nomad/jobs'), { recursive: true });
    for (const job of ['platform/ingress', 'platform/log-shipper', 'shop/postgres', 'shop/web']) {
      t.true(jobs.includes(`${job}.json`), job);
    }
    const servers = await readdir(path.join(out, 'servers'));
    t.is(servers.length, environment === 'dev' ? 2 : 8);
  });
}

test('what layers and expressions make of a field is told with file and line', async (t) => {
  const where = ['explain', '--dir', sample, '--where'];
  const { out } = await runDrover([...where, 'job/shop/web.env.LOG_LEVEL'], { env });
  t.regex(out, /dev: Application\/shop\/web spec\.env\.LOG_LEVEL\n {2}teams\/shop\/web\.yaml:\d+ {2}info\n/);
  t.regex(out, /environments\/dev\/patches\.yaml:\d+ {2}debug {3}<- wins\n {2}= debug/);
  const count = await runDrover([...where, 'app/shop/web.count', '--environment', 'prod'], { env });
  t.regex(count.out, /\$\{\{ vars\.webCount \}\}\n {2}= 3\n/);
});

test('what Nomad refuses in a job is DRV0323 at the line that Nomad names', async (t) => {
  const folder = await ownFolder(t);
  await cp(sample, folder, { recursive: true });
  const job = path.join(folder, 'base/jobs/ingress.nomad.hcl');
  const text = await readFile(job, 'utf8');
  await writeFile(job, text.replace('network_mode = "host"', 'network_mode = ='));
  const found = await findingsIn(folder, await ownFolder(t));
  const line = text.split('\n').findIndex((each) => each.includes('network_mode')) + 1;
  const [refused] = found.filter(({ code }) => code === 'DRV0323');
  t.is(refused?.path, 'base/jobs/ingress.nomad.hcl');
  t.is(refused?.line, line);
});
