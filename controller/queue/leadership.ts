import { ConflictError } from '../model/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { HeldLease, Lease } from '../ports/lease.ts';

const ttlMs = 10_000;
const renewEveryMs = ttlMs / 3;
const retryEveryMs = 1_000;

export interface Leadership {
  /** The lease, while it may be used for a write that starts now. */
  current(): HeldLease | undefined;
  /** For writes that nothing else fences. @throws ConflictError when this process must not write any more. */
  assertMayWrite(): void;
  /** Takes the lease, renews it, takes it again when lost; gives it up when the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
}

/**
 * Leads one environment by a session lease. The holder stops one TTL after it *sent* its last good renewal, by the wall
 * or the monotonic clock, whichever ran further (a suspended machine's monotonic clock stands still); the store frees
 * the lease no earlier than that. Source: decision 12.
 */
export function createLeadership(options: {
  readonly lease: Lease;
  readonly clock: Clock;
  readonly key: string;
  readonly holder: string;
  readonly onChange: (isLeading: boolean) => void;
}): Leadership {
  const { lease, clock, key, holder } = options;
  let held: { lease: HeldLease; sentAtMs: number; sentAtMonotonicMs: number } | undefined;

  const ageMs = () =>
    held === undefined
      ? Number.POSITIVE_INFINITY
      : Math.max(clock.now() - held.sentAtMs, clock.monotonic() - held.sentAtMonotonicMs);
  const current = () => (ageMs() < ttlMs ? held?.lease : undefined);
  const stamp = () => ({ sentAtMs: clock.now(), sentAtMonotonicMs: clock.monotonic() });

  async function take(signal: AbortSignal): Promise<void> {
    const sent = stamp();
    const taken = await lease.acquire(
      { key, holder, ttlMs },
      AbortSignal.any([signal, AbortSignal.timeout(5_000)]),
    );
    if (taken === undefined) return;
    held = { lease: taken, ...sent };
    options.onChange(true);
  }

  async function renew(signal: AbortSignal): Promise<void> {
    if (held === undefined) return;
    const sent = stamp();
    await lease.renew(held.lease, AbortSignal.any([signal, AbortSignal.timeout(5_000)]));
    held = { lease: held.lease, ...sent };
  }

  function lose(): void {
    if (held === undefined) return;
    held = undefined;
    options.onChange(false);
  }

  async function step(signal: AbortSignal): Promise<number> {
    try {
      if (held === undefined) await take(signal);
      else await renew(signal);
    } catch (error) {
      // A renewal that only could not be sent may still come in time; a session that is gone never does.
      if (error instanceof ConflictError || current() === undefined) lose();
      return retryEveryMs;
    }
    return held === undefined ? retryEveryMs : renewEveryMs;
  }

  return {
    current,
    assertMayWrite() {
      if (current() === undefined) {
        throw new ConflictError('this controller does not lead the environment any more', {
          hint: 'Another controller goes on; nothing has to be done.',
        });
      }
    },
    async run(signal) {
      while (!signal.aborted) {
        const pauseMs = await step(signal);
        await clock.sleep(pauseMs, signal).catch(() => undefined);
      }
      const last = held?.lease;
      lose();
      if (last !== undefined) await lease.release(last, AbortSignal.timeout(2_000)).catch(() => undefined);
    },
  };
}
