import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ensure, eventually } from '../expect.ts';
import { environment } from '../world/index.ts';
import type { Act } from './act.ts';
import { askService } from './first-rollout.ts';
import { awaitConverged, awaitGreen, awaitProposal, mergeAsPerson } from './proposals.ts';

export const rollback: Act = {
  name: 'a rollback pull request restores the first state',
  isLater: true,
  async run(world, stage) {
    const [first] = stage.converged;
    ensure(first !== undefined, 'nothing has converged that could be gone back to');
    const ask = ['rollback', environment, '--to', first, '--reason', 'the evening is over'];
    // The controller of the act before may have been ended a moment ago: who asks then, asks again.
    const asked = await eventually('a controller answers', async () => {
      const ended = await world.drover(...ask);
      return !ended.output.includes('DRV9005') && ended;
    });
    ensure(asked.exitCode === 0, `drover rollback failed: ${asked.output}`);
    world.narrator.line(
      `$ drover rollback ${environment} --to ${first.slice(0, 12)}: ${asked.output.trim()}`,
    );
    await stage.disturb();
    const pull = await awaitGreen(world, await awaitProposal(world));
    const commit = await mergeAsPerson(world, pull);
    await stage.disturb();
    await awaitConverged(world, commit, stage);
    const answers = await askService(world, 'web');
    ensure(
      answers.length > 0 && answers.every((answer) => !answer.includes('good evening')),
      `web still answers: ${answers.join(' | ')}`,
    );
    for (const server of world.servers) {
      const motd = await readFile(path.join(server.root, 'etc/motd'), 'utf8');
      ensure(!motd.includes('Good evening'), `/etc/motd on ${server.name} is: ${motd}`);
    }
    world.narrator.line('web and /etc/motd are as they were');
  },
};
