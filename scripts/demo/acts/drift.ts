import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { ensure, eventually } from '../expect.ts';
import type { World } from '../world/index.ts';
import type { Act } from './act.ts';

const run = promisify(execFile);

interface NomadJob {
  readonly Stop: boolean;
  readonly Priority: number;
  readonly JobModifyIndex: number;
}

/** A person with the operator's token at a shell. The token reaches the program through its environment. */
async function nomadCommand(world: World, ...args: string[]): Promise<string> {
  const token = (await readFile(world.lab.nomad.tokens.bootstrap, 'utf8')).trim();
  const env = { PATH: process.env['PATH'], NOMAD_ADDR: world.lab.nomad.url, NOMAD_TOKEN: token };
  const { stdout } = await run(world.nomadProgram, args, { env, timeout: 30_000 });
  return stdout;
}

export const drift: Act = {
  name: 'a hand-made change in Nomad is detected and healed',
  isLater: true,
  async run(world, stage) {
    const path = '/v1/job/api?namespace=shop';
    const before = await world.nomad<NomadJob>(path);
    await nomadCommand(world, 'job', 'stop', '-namespace=shop', '-detach', 'api');
    const stopped = await world.nomad<NomadJob>(path);
    ensure(stopped.Stop && stopped.JobModifyIndex > before.JobModifyIndex, 'the job was not stopped by hand');
    world.narrator.line('somebody ran `nomad job stop api`');
    await stage.disturb();
    const healed = await eventually('api runs again', async () => {
      const job = await world.nomad<NomadJob>(path);
      return !job.Stop && job.JobModifyIndex > stopped.JobModifyIndex && job;
    });
    world.narrator.line(`api runs again (modify index ${stopped.JobModifyIndex} → ${healed.JobModifyIndex})`);
    await eventually('api answers again', async () => {
      const services = await world.nomad<unknown[]>('/v1/service/api?namespace=shop');
      return services.length > 0;
    });
  },
};
