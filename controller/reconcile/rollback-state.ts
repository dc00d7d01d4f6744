import type { RecordBranch } from '../ports/record.ts';
import { type RollbackRecord, readRollbacks } from '../review/proposal-record.ts';

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
