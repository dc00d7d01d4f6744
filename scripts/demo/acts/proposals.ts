import { ensure, eventually } from '../expect.ts';
import type { ForgePull, ForgeStatus } from '../world/forge-person.ts';
import { environment, type World } from '../world/index.ts';
import type { Stage } from './act.ts';

const live = `env/${environment}`;
const proposalContexts = ['plan', 'policy', 'gate'].map((name) => `drover/${name}: ${environment}`);

/** Waits for the open proposal of the demo's environment whose head is not one of the former. */
export async function awaitProposal(world: World, former: readonly string[] = []): Promise<ForgePull> {
  const pull = await eventually('a pull request from the staging branch', async () => {
    const open = await world.alice.openPulls();
    return open.find(
      ({ head, base }) => base.ref === live && head.ref === `${live}-next` && !former.includes(head.sha),
    );
  });
  world.narrator.url(`proposal #${pull.number} “${pull.title}”`, pull.html_url);
  return pull;
}

/** Waits until all of Drover's checks on the head are green; the statuses are read from the forge. */
export async function awaitGreen(world: World, pull: ForgePull): Promise<ForgePull> {
  const statuses = await eventually(`green checks on #${pull.number}`, async () => {
    const { head } = await world.alice.pull(pull.number);
    const found = await world.alice.statuses(head.sha);
    const ours = proposalContexts.map((context) => found.find((status) => status.context === context));
    return ours.every((status) => status?.status === 'success') && (ours as ForgeStatus[]);
  });
  for (const { context, description } of statuses) world.narrator.line(`✓ ${context} — ${description}`);
  const comments = await world.alice.comments(pull.number);
  const ours = comments.filter(
    ({ user, body }) => user.login === 'drover' && body.includes(`drover:plan ${environment}`),
  );
  ensure(ours.length === 1, `#${pull.number} has ${ours.length} plan comments, one is wanted`);
  return world.alice.pull(pull.number);
}

/** A person merges, as in the browser. Gives the merge commit. */
export async function mergeAsPerson(world: World, pull: ForgePull): Promise<string> {
  const merged = await world.alice.merge(pull);
  ensure(merged.merged && merged.merge_commit_sha !== null, `#${pull.number} did not merge`);
  world.narrator.line(`alice merged #${pull.number}: ${live} is at ${merged.merge_commit_sha.slice(0, 12)}`);
  return merged.merge_commit_sha;
}

/** Waits for `drover/converge` on the live commit, as the forge shows it. */
export async function awaitConverged(world: World, commit: string, stage: Stage): Promise<void> {
  let shown = '';
  const status = await eventually(
    `drover/converge on ${commit.slice(0, 12)}`,
    async () => {
      const found = await world.alice.statuses(commit);
      const converge = found.find(({ context }) => context === `drover/converge: ${environment}`);
      if (converge !== undefined && converge.description !== shown) {
        shown = converge.description;
        world.narrator.line(`  ${converge.status}: ${shown}`);
      }
      ensure(converge?.status !== 'failure' && converge?.status !== 'error', `converge is red: ${shown}`);
      return converge?.status === 'success' && converge;
    },
    { timeoutMs: 180_000 },
  );
  ensure(status.description.startsWith('3/3'), `converge says “${status.description}”, 3/3 is wanted`);
  stage.converged.push(commit);
  world.narrator.url(`converged ${status.description}`, `${world.repository.pageUrl}/commit/${commit}`);
}
