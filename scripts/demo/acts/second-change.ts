import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ensure, eventually } from '../expect.ts';
import { environment, type World } from '../world/index.ts';
import type { Act } from './act.ts';
import { askService } from './first-rollout.ts';
import { awaitConverged, awaitGreen, awaitProposal, mergeAsPerson } from './proposals.ts';

const greeting = 'good evening from drover';

async function proposeByPull(world: World): Promise<void> {
  await world.fleet.branch('evening');
  await world.fleet.edit('base/jobs/web.nomad.hcl', (text) =>
    text.replace(/GREETING\s*=\s*"[^"]*"/, `GREETING = "${greeting}"`),
  );
  await world.fleet.edit('base/motd.yaml', (text) => text.replace('Welcome', 'Good evening'));
  await world.fleet.push('web greets in the evening, so does the motd');
  const pull = await world.alice.createPull({
    head: 'evening',
    base: 'main',
    title: 'Good evening',
    body: 'One job, one file on the servers.',
  });
  world.narrator.url(`alice opened #${pull.number} for the definitions`, pull.html_url);
  const preview = await eventually('a green preview on the definitions pull request', async () => {
    const statuses = await world.alice.statuses(pull.head.sha);
    const found = statuses.find(({ context }) => context === `drover/preview: ${environment}`);
    return found?.status === 'success' && found;
  });
  world.narrator.line(`✓ ${preview.context} — ${preview.description}`);
  await world.alice.merge(pull);
}

export const secondChange: Act = {
  name: 'a second change: one job, one server file',
  isLater: false,
  async run(world, stage) {
    await proposeByPull(world);
    await stage.disturb();
    const pull = await awaitGreen(world, await awaitProposal(world));
    const files = await world.alice.changedFiles(pull.number);
    const units = files.filter((file) => !['hydrator.metadata', 'inventory.json'].includes(file));
    const jobs = units.filter((file) => file.startsWith('nomad/'));
    ensure(
      jobs.length === 1 && jobs[0]?.endsWith('/web.json') === true,
      `the diff has these jobs: ${jobs.join(', ')}`,
    );
    ensure(
      units.every(
        (file) => file.startsWith('nomad/jobs/') || /^servers\/[^/]+\/(payload\.json|files\/)/.test(file),
      ),
      `the diff has more than was changed: ${units.join(', ')}`,
    );
    world.narrator.line(`the diff: ${units.length} files, one job, the motd of each server`);
    const commit = await mergeAsPerson(world, pull);
    await stage.disturb();
    await awaitConverged(world, commit, stage);
    const answers = await askService(world, 'web');
    ensure(
      answers.length > 0 && answers.every((answer) => answer.includes(greeting)),
      `web answers: ${answers.join(' | ')}`,
    );
    for (const server of world.servers) {
      const motd = await readFile(path.join(server.root, 'etc/motd'), 'utf8');
      ensure(motd.includes('Good evening'), `/etc/motd on ${server.name} is: ${motd}`);
    }
    world.narrator.line('web and /etc/motd say good evening');
  },
};
