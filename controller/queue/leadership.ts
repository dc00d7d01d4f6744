import { ConflictError } from '../model/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { HeldLease, Lease } from '../ports/lease.ts';
import { createLatch } from './latch.ts';

const ttlMs = 10_000;
const renewEveryMs = ttlMs / 3;
const retryEveryMs = 1_000;
const requestMs = 5_000;

export interface Leadership {
  /** Whether this process is the one that works for the environment. */
  isLeading(): boolean;
  /** The lease, while it may be used for a write that starts now. */
  current(): HeldLease | undefined;
  /** For writes that nothing else fences. @throws ConflictError when this process must not write any more. */
  assertMayWrite(): void;
  /** Returns once the lease was asked for and answered: from then on `isLeading` means something. */
  decided(signal: AbortSignal): Promise<void>;
  /** Takes the lease, renews it, takes it again when lost; gives it up when the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
}

export interface LeadershipOptions {
  readonly lease: Lease;
  readonly clock: Clock;
  readonly key: string;
  /** What others see as the holder. */
  readonly holder: string;
  readonly onChange: (isLeading: boolean) => void;
}

/**
 * Leads one environment by a session lease. The holder stops one TTL after it *sent* its last good renewal, by the wall
 * or the monotonic clock, whichever ran further (a suspended machine's monotonic clock stands still); the store frees
 * the lease no earlier than that. Source: decision 12.
 */
export function createLeadership(options: LeadershipOptions): Leadership {
  return new SessionLeadership(options);
}

/**
 * For an environment that is only observed: nothing is written to its cluster, a lease neither. This process works for
 * it, and every write is refused. Source: decision 33.
 */
export function createObserving(): Leadership {
  return {
    isLeading: () => true,
    current: () => undefined,
    assertMayWrite() {
      throw new ConflictError('the environment is only observed: nothing is written', {
        retry: 'never',
        hint: 'Set `mode: Enforce` in drover.yaml when it shall be.',
      });
    },
    decided: async () => undefined,
    run: async () => undefined,
  };
}

interface Held {
  readonly lease: HeldLease;
  readonly sentAtMs: number;
  readonly sentAtMonotonicMs: number;
}

class SessionLeadership implements Leadership {
  readonly #options: LeadershipOptions;
  readonly #asked = createLatch();
  #held: Held | undefined;

  constructor(options: LeadershipOptions) {
    this.#options = options;
  }

  current(): HeldLease | undefined {
    const held = this.#held;
    if (held === undefined) return undefined;
    const { clock } = this.#options;
    const ageMs = Math.max(clock.now() - held.sentAtMs, clock.monotonic() - held.sentAtMonotonicMs);
    return ageMs < ttlMs ? held.lease : undefined;
  }

  isLeading(): boolean {
    return this.current() !== undefined;
  }

  decided(signal: AbortSignal): Promise<void> {
    return this.#asked.opened(signal);
  }

  assertMayWrite(): void {
    if (this.isLeading()) return;
    throw new ConflictError('this controller does not lead the environment any more', {
      hint: 'Another controller goes on; nothing has to be done.',
    });
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, lease } = this.#options;
    while (!signal.aborted) {
      const pauseMs = await this.#step(signal);
      await clock.sleep(pauseMs, signal).catch(() => undefined);
    }
    const last = this.#held?.lease;
    this.#lose();
    if (last !== undefined) await lease.release(last, AbortSignal.timeout(2_000)).catch(() => undefined);
  }

  async #step(signal: AbortSignal): Promise<number> {
    try {
      await this.#takeOrRenew(AbortSignal.any([signal, AbortSignal.timeout(requestMs)]));
    } catch (error) {
      // A renewal that only could not be sent may still come in time; a session that is gone never does.
      if (error instanceof ConflictError || this.current() === undefined) this.#lose();
      return retryEveryMs;
    }
    return this.#held === undefined ? retryEveryMs : renewEveryMs;
  }

  async #takeOrRenew(signal: AbortSignal): Promise<void> {
    const { clock, lease, key, holder } = this.#options;
    const former = this.#held?.lease;
    const sent = { sentAtMs: clock.now(), sentAtMonotonicMs: clock.monotonic() };
    if (former !== undefined) await lease.renew(former, signal);
    const taken = former ?? (await lease.acquire({ key, holder, ttlMs }, signal));
    if (taken !== undefined) this.#held = { lease: taken, ...sent };
    this.#asked.open();
    if (taken === undefined) return;
    if (former === undefined) this.#options.onChange(true);
  }

  #lose(): void {
    if (this.#held === undefined) return;
    this.#held = undefined;
    this.#options.onChange(false);
  }
}
