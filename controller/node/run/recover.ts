import { takeLock } from '../journal/lock.ts';
import { type AgentState, isSamePayload, withoutRun } from '../journal/state.ts';
import type { ApplyContext } from './apply-context.ts';
import { confirmRun } from './confirm-run.ts';
import { endFailed } from './end-run.ts';
import { restoreRun } from './restore-run.ts';
import { removeBackups } from './run-backup.ts';

const maxInterruptions = 3;

/**
 * At start: what a former agent left unfinished goes back to where it was before, and is applied again when the payload
 * is still the one in the key. What only lacked its confirmation is confirmed.
 */
export async function recover(context: ApplyContext, signal: AbortSignal): Promise<void> {
  const lock = await takeLock(context.stateDirectory, 'journal', signal);
  try {
    const state = await context.store.read();
    if (state.run === undefined) await removeBackups(context.stateDirectory);
    else if (state.run.step !== 'confirming') await undo(state, context, signal);
  } finally {
    await lock.release();
  }
  await confirmRun(context, signal);
}

async function undo(state: AgentState, context: ApplyContext, signal: AbortSignal): Promise<void> {
  const { run } = state;
  if (run === undefined) return;
  const { hash, attempt } = run.manifest;
  const before = state.interrupted !== undefined && isSamePayload(state.interrupted, run.manifest);
  const count = (before ? (state.interrupted?.count ?? 0) : 0) + 1;
  context.logger.warn(
    { hash, step: run.step, count },
    'a former agent was cut off in the middle of a payload',
  );
  const isUntouched = run.step === 'verified';
  if (count >= maxInterruptions) {
    const reason = `the agent was cut off ${count} times while it applied this payload`;
    return endFailed({ run, reason, outcome: 'failed', sensitive: [], isUntouched }, context, signal);
  }
  const { problems } = isUntouched ? { problems: [] } : await restoreRun(run, state.applied, context, signal);
  await context.store.update((former) => ({
    ...withoutRun(former),
    state: 'pending',
    error: problems.join('\n').slice(0, 2000),
    interrupted: { hash, attempt, count },
    ...(former.applied === undefined
      ? {}
      : { applied: { ...former.applied, isIntact: problems.length === 0 } }),
  }));
  await removeBackups(context.stateDirectory);
}
