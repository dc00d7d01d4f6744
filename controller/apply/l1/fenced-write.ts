import { ConflictError, type DroverError, UnavailableError } from '../../model/errors.ts';
import { consulKeys } from '../../model/payload.ts';
import type { Clock } from '../../ports/clock.ts';
import type { KeyValue, KvOperation } from '../../ports/kv.ts';
import type { HeldLease } from '../../ports/lease.ts';

export interface WritePorts {
  readonly kv: KeyValue;
  readonly clock: Clock;
}

export interface Fence {
  readonly environment: string;
  readonly lease: HeldLease;
}

const tries = 3;
const deletesAtOnce = 60;
const firstPauseMs = 200;

/** What every L1 transaction checks first: that we still lead, and that nobody holds the environment. */
export function fenceOperations({ environment, lease }: Fence): readonly KvOperation[] {
  const hold: KvOperation = { verb: 'check-not-exists', key: consulKeys.hold(environment) };
  return [{ verb: 'check-session', key: lease.key, session: lease.session }, hold];
}

/** Whether a write failed because of the fence itself: then nothing of ours may be written any more. */
export function isFenceLost(error: unknown, fence: Fence): error is ConflictError {
  const checks = fenceOperations(fence).length;
  return error instanceof ConflictError && error.failedOperations.some((place) => place < checks);
}

/**
 * Writes behind the fence, and tries again while Consul is busy. A write whose answer was lost is read back before it
 * is judged: it may have landed. @throws ConflictError with the places of `fenceOperations` counted first;
 * UnavailableError after the last try.
 */
export async function fencedWrite(
  { kv, clock }: WritePorts,
  request: { fence: Fence; operations: readonly KvOperation[]; hasLanded: () => Promise<boolean> },
  signal: AbortSignal,
): Promise<void> {
  const operations = [...fenceOperations(request.fence), ...request.operations];
  for (let attempt = 1; ; attempt += 1) {
    const failure = await attemptWrite(kv, operations, signal);
    if (failure === undefined || (await request.hasLanded())) return;
    if (attempt === tries) throw failure;
    const [jitter = 0] = clock.randomBytes(1);
    await clock.sleep(firstPauseMs * 2 ** (attempt - 1) * (1 + jitter / 255), signal);
  }
}

/** Deletes keys behind the fence, in transactions within the limits. Keys that are gone already are fine. */
export async function fencedDelete(
  ports: WritePorts,
  { fence, keys }: { fence: Fence; keys: readonly string[] },
  signal: AbortSignal,
): Promise<void> {
  for (let start = 0; start < keys.length; start += deletesAtOnce) {
    const slice = keys.slice(start, start + deletesAtOnce);
    const operations = slice.map((key) => ({ verb: 'delete', key }) as const);
    await fencedWrite(ports, { fence, operations, hasLanded: async () => false }, signal);
  }
}

/** Gives the failure only when it says nothing about whether the write landed. */
async function attemptWrite(
  kv: KeyValue,
  operations: readonly KvOperation[],
  signal: AbortSignal,
): Promise<DroverError | undefined> {
  try {
    await kv.transact(operations, signal);
    return undefined;
  } catch (error) {
    if (error instanceof UnavailableError) return error;
    throw error;
  }
}
