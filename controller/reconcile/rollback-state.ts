import type { Clock } from '../ports/clock.ts';
import type { RecordBranch } from '../ports/record.ts';
import { type RollbackRecord, readRollbacks, recordPaths } from '../review/proposal-record.ts';

/** The rollback that holds an environment's proposals now: the newest record, unless it was released. */
export async function findActiveRollback(
  record: RecordBranch,
  environment: string,
  signal: AbortSignal,
): Promise<RollbackRecord | undefined> {
  const { records } = await readRollbacks(record, environment, signal);
  const newest = [...records].sort((a, b) => (a.at < b.at ? -1 : 1)).at(-1);
  return newest?.released === true ? undefined : newest;
}

/** Proposals follow the definitions again. */
export async function endRollback(
  { record, clock }: { readonly record: RecordBranch; readonly clock: Clock },
  { environment, rollback }: { readonly environment: string; readonly rollback: RollbackRecord },
  signal: AbortSignal,
): Promise<void> {
  const at = new Date(clock.now()).toISOString();
  const path = recordPaths.rollback(environment, rollbackName(at));
  await record.append(new Map([[path, { ...rollback, at, released: true }]]), signal);
}

/** Sorts and never repeats: one rollback a millisecond is enough. */
export function rollbackName(at: string): string {
  return at.replaceAll(/[^0-9]/g, '');
}
