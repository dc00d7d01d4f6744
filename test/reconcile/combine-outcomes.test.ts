import test from 'ava';
import { combineOutcomes } from '../../controller/reconcile/combine-outcomes.ts';
import { progressing, settled, stalled } from '../../controller/reconcile/loop.ts';

const statusOf = (updates: ReturnType<typeof combineOutcomes>) =>
  Object.fromEntries(updates.map(({ type, status, reason }) => [type, `${status} ${reason}`]));

test('broken definitions stall the environment while what runs stays ready', (t) => {
  const proposal = stalled('InvalidDefinitions', '2 errors', 'a');
  const rollout = settled('Converged', '3/3 servers', 'b');
  t.deepEqual(statusOf(combineOutcomes({ proposal, rollout, drift: undefined })), {
    Ready: 'True Converged',
    Reconciling: 'False Converged',
    Stalled: 'True InvalidDefinitions',
  });
});

test('a rollout under way is not ready', (t) => {
  const proposal = settled('NothingToDo', '', 'a');
  const rollout = progressing('WaitingForServers', '1/3 servers', { revision: 'b', requeueAfterMs: 1 });
  t.deepEqual(statusOf(combineOutcomes({ proposal, rollout, drift: undefined })), {
    Ready: 'False WaitingForServers',
    Reconciling: 'True WaitingForServers',
    Stalled: 'False WaitingForServers',
  });
});

test('drift is a condition of its own', (t) => {
  const settledNow = settled('Converged', '', 'a');
  const drift = stalled('Drifted', 'job shop/web differs', 'a');
  const updates = combineOutcomes({ proposal: settledNow, rollout: settledNow, drift });
  t.is(statusOf(updates)['Drifted'], 'True Drifted');
  t.is(statusOf(updates)['Ready'], 'True Converged');
});
