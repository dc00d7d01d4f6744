import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import test from 'ava';
import { ensureTool } from '../../scripts/toolchain/index.ts';
import { readCase } from '../compile/read-case.ts';
import { type Program, type RenderedFleet, renderSource } from './rendered-agents.ts';

const run = promisify(execFile);
const sample = join(import.meta.dirname, '../../manifests/examples/acme');
const secrets = { gossip: randomBytes(32).toString('base64') };

const servers = {
  dev: ['dev-1', 'dev-2'],
  prod: ['prod-c1', 'prod-c2', 'prod-c3', 'prod-c4', 'prod-c5', 'prod-q1', 'prod-q2', 'prod-q3'],
} as const;

interface Checked {
  readonly binary: string;
  readonly file: string;
}

/** What each program says of one configuration alone. Vault's has to look at the storage too, and at a seal that is far away. */
const checks: Readonly<Record<Program, (checked: Checked) => Promise<boolean>>> = {
  consul: async ({ binary, file }) => {
    const { stdout } = await run(binary, ['validate', '-config-format=json', file]);
    return stdout.includes('Configuration is valid');
  },
  nomad: async ({ binary, file }) => {
    const { stdout } = await run(binary, ['config', 'validate', file]);
    return stdout.includes('Configuration is valid');
  },
  vault: async ({ binary, file }) => {
    const argv = [
      'operator',
      'diagnose',
      '-format=json',
      '-skip=storage',
      '-skip=listener',
      `-config=${file}`,
    ];
    const { stdout } = await run(binary, argv).catch((error: { stdout: string }) => error);
    const report = JSON.parse(stdout) as { children?: { name: string; status: string }[] };
    return report.children?.find(({ name }) => name === 'Parse Configuration')?.status === 'ok';
  },
};

for (const [environment, names] of Object.entries(servers)) {
  test(`every agent's configuration of the sample fleet in ${environment} is accepted by its program`, async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'drover-sample-'));
    const fleet = renderSource(readCase(sample), environment, secrets);
    const agents = names.flatMap((server) => agentsOf(fleet, server));
    try {
      for (const { server, program, path } of agents) {
        const { binary } = await ensureTool(program, { log: () => undefined });
        const file = join(folder, `${server}-${program}.json`);
        await writeFile(file, fleet.file(server, path));
        t.true(await checks[program]({ binary, file }), `${program} on ${server}`);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    t.is(agents.length, environment === 'dev' ? 5 : 19);
  });
}

function agentsOf(fleet: RenderedFleet, server: string) {
  const paths = new Set(fleet.document(server).files.map(({ path }) => path));
  return (['consul', 'nomad', 'vault'] as const)
    .map((program) => ({ server, program, path: `/etc/${program}.d/${program}.json` }))
    .filter(({ path }) => paths.has(path));
}
