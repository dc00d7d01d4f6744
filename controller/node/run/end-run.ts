import {
  type AgentState,
  type AppliedPayload,
  type FailedPayload,
  payloadId,
  type Run,
  withFailure,
  withoutRun,
} from '../journal/state.ts';
import { redactReport } from './redact-report.ts';
import { type Restored, restoreRun } from './restore-run.ts';
import { removeBackups } from './run-backup.ts';
import type { RunContext } from './run-context.ts';

/** Records success: after the checks and the contact, never before. */
export async function endApplied(run: Run, context: RunContext): Promise<void> {
  const { manifest } = run;
  const applied: AppliedPayload = {
    ...payloadId(manifest),
    manifest,
    appliedAt: context.clock.now(),
    isIntact: true,
  };
  await context.store.update((state) => ({
    ...withoutInterruptions(withoutRun(state)),
    state: manifest.waiting.length > 0 ? 'waiting' : 'applied',
    error: manifest.waiting.length > 0 ? `waits for the secrets of ${manifest.waiting.join(', ')}` : '',
    applied,
  }));
  await removeBackups(context.stateDirectory);
}

/** What ended well may be cut off again later: only tries in a row count. */
function withoutInterruptions(state: AgentState): AgentState {
  const { interrupted: _, ...rest } = state;
  return rest;
}

export interface FailedEnd {
  readonly run: Run;
  readonly reason: string;
  /** What to call it when everything went back. */
  readonly outcome: 'failed' | 'reverted';
  /** Contents of sensitive files, taken out of the report. */
  readonly sensitive: readonly Uint8Array[];
  /** Nothing was touched: there is nothing to put back. */
  readonly isUntouched: boolean;
}

/** Puts everything back and records why; the same (hash, attempt) is not tried again by itself. */
export async function endFailed(end: FailedEnd, context: RunContext, signal: AbortSignal): Promise<void> {
  const { run } = end;
  const { applied } = await context.store.read();
  const nothing: Restored = { held: [], problems: [] };
  const restored = end.isUntouched ? nothing : await restoreRun(run, applied, context, signal);
  const failure: FailedPayload = {
    hash: run.manifest.hash,
    attempt: run.manifest.attempt,
    state: outcomeOf(end, restored),
    error: redactReport(describeEnd(end, restored), end.sensitive),
  };
  const isIntact = restored.held.length + restored.problems.length === 0;
  await context.store.update((state) => withIntact(withFailure(state, failure), isIntact));
  context.logger.error(
    { hash: failure.hash, state: failure.state, error: failure.error },
    'payload not applied',
  );
  await removeBackups(context.stateDirectory);
}

function withIntact(state: AgentState, isIntact: boolean): AgentState {
  const { applied } = state;
  return applied === undefined || isIntact ? state : { ...state, applied: { ...applied, isIntact } };
}

function outcomeOf(end: FailedEnd, { held, problems }: Restored): FailedPayload['state'] {
  if (held.length > 0) return 'held';
  return problems.length > 0 ? 'failed' : end.outcome;
}

function describeEnd(end: FailedEnd, { held, problems }: Restored): string {
  const lines = [end.reason];
  if (held.length > 0) lines.push(`left as they are, by onFailure: Hold: ${held.join(', ')}`);
  if (problems.length > 0) lines.push(...problems);
  else if (!end.isUntouched && held.length === 0) lines.push('the former files and units are back');
  return lines.join('\n');
}
