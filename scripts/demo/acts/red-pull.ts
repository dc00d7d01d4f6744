import { ensure, eventually } from '../expect.ts';
import type { Act } from './act.ts';

/** Three mistakes of three sorts in one file: an unknown field, a missing reference, a number for a mode. */
const mistakes = `apiVersion: drover.dev/v1alpha1
kind: MachineConfig
metadata: {name: broken}
spec:
  selector: {}
  files:
    /etc/broken:
      content: "hello"
      mode: 0644
      ownr: root
---
apiVersion: drover.dev/v1alpha1
kind: VaultRole
metadata: {name: broken}
spec: {auth: jwt-nomat, policies: [nomad-workloads]}
`;

const file = 'base/broken.yaml';

export const redPull: Act = {
  name: 'a pull request with mistakes gets red checks',
  isLater: true,
  async run(world, stage) {
    await world.fleet.branch('mistakes');
    await world.fleet.write(file, mistakes);
    await world.fleet.push('three mistakes');
    const pull = await world.bob.createPull({ head: 'mistakes', base: 'main', title: 'Broken', body: '' });
    world.narrator.url(`bob opened #${pull.number}`, pull.html_url);
    await stage.disturb();
    const status = await eventually('a red drover/validate', async () => {
      const found = (await world.bob.statuses(pull.head.sha)).find(
        ({ context }) => context === 'drover/validate',
      );
      return found?.status === 'failure' && found;
    });
    world.narrator.line(`✗ ${status.context} — ${status.description}`);
    const comment = await eventually('a comment that names file and line', async () => {
      const found = (await world.bob.comments(pull.number)).find(({ user }) => user.login === 'drover');
      return found?.body.includes(`${file}:`) === true && found;
    });
    const named = [...comment.body.matchAll(/base\/broken\.yaml:(\d+):(\d+)/g)].map(([place]) => place);
    for (const line of [9, 10, 15]) {
      ensure(
        named.some((place) => place.startsWith(`${file}:${line}:`)),
        `line ${line} is not named; named are ${named.join(', ')}`,
      );
    }
    world.narrator.line(`the comment names ${[...new Set(named)].join(', ')}`);
    await world.bob.close(pull.number);
  },
};
