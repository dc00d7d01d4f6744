import { reconcileDefinitionPulls } from '../../controller/reconcile/definition-pulls.ts';
import { reconcileProposal } from '../../controller/reconcile/proposal.ts';
import { type FakeHouse, rollOut, signal } from './fake-house.ts';

/** The environment's proposal of now, as people see it. */
export async function propose(house: FakeHouse) {
  await reconcileProposal(house.context, signal);
  const pull = await house.ownPull();
  const [comment] = await house.forge.comments.list(pull.number, signal);
  const policy = await house.statusOf(pull.head.id, 'drover/policy: demo');
  return { pull, policy, comment: comment?.body ?? '', digest: house.context.progress.plan?.digest ?? '' };
}

/** Somebody merges it, and it is rolled out. */
export async function mergeProposal(house: FakeHouse): Promise<void> {
  const { pull } = await propose(house);
  await house.forge.world.mergeAs(pull.number, 'alice');
  await rollOut(house);
}

/** What is said of a pull request into the definitions branch as it stands. */
export async function reviewChange(
  house: FakeHouse,
  branch: string,
  files: Readonly<Record<string, string>>,
) {
  house.setBranch(branch, house.headOf('main') ?? '');
  const head = await house.commit(branch, files);
  const pull = house.forge.world.openPull({ head: branch, base: 'main', title: branch, author: 'carol' });
  await reconcileDefinitionPulls(house.context, signal);
  const [comment] = await house.forge.comments.list(pull.number, signal);
  const validate = await house.statusOf(head, 'drover/validate');
  const preview = await house.statusOf(head, 'drover/preview: demo');
  return { validate, preview, comment: comment?.body ?? '' };
}
