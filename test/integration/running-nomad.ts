import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { RunningJob } from './import-jobs.ts';
import type { RealNomad } from './real-nomad.ts';

const run = promisify(execFile);

/** Registers jobs as people do: with `nomad job run`, its variables and variable files; some over the API without a source. */
export async function registerJobs(server: RealNomad, jobs: readonly RunningJob[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'drover-jobs-'));
  try {
    const waiting = [...jobs];
    const lane = async () => {
      for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
        await (job.plain === true ? registerPlain(server, job) : runJob(server, folder, job));
      }
    };
    await Promise.all([lane(), lane(), lane()]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runJob(server: RealNomad, folder: string, job: RunningJob): Promise<void> {
  const name = job.id.replaceAll(/\W/g, '-');
  const file = join(folder, `${job.namespace ?? 'default'}-${name}.nomad.hcl`);
  await writeFile(file, job.hcl);
  const flags = Object.entries(job.flags ?? {}).flatMap(([key, value]) => ['-var', `${key}=${value}`]);
  const variables: string[] = [];
  if (job.variables !== undefined) {
    await writeFile(`${file}.vars`, job.variables);
    variables.push(`-var-file=${file}.vars`);
  }
  const namespace = job.namespace === undefined ? [] : [`-namespace=${job.namespace}`];
  await run(server.binary, ['job', 'run', '-detach', ...namespace, ...variables, ...flags, file], {
    env: { PATH: '/usr/bin:/bin', HOME: folder, NOMAD_ADDR: server.address, NOMAD_TOKEN: server.token },
    timeout: 30_000,
  });
}

async function registerPlain(server: RealNomad, { hcl, namespace = 'default' }: RunningJob): Promise<void> {
  const parsed = await server.request('POST', 'jobs/parse', { JobHCL: hcl, Canonicalize: true });
  await server.request('POST', `jobs?namespace=${namespace}`, { Job: parsed });
}
