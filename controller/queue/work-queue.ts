import type { Clock } from '../ports/clock.ts';
import { nextPauseMs } from './backoff.ts';

/** What a run of one key says at its end: nothing (wait for a request), or when to come back. */
export interface WorkOutcome {
  readonly requeueAfterMs?: number;
}

export interface WorkQueueOptions {
  /** One run a key at a time; different keys side by side. Must not throw for failures that it handled. */
  readonly work: (key: string, signal: AbortSignal) => Promise<WorkOutcome>;
  /** Called with each failure, before the key is retried. Says whether to try again by itself. */
  readonly onFailure: (key: string, error: unknown) => 'backoff' | 'never';
  readonly clock: Clock;
  readonly concurrency: number;
  /** Total time of one run. */
  readonly deadlineMs: number;
  readonly maxKeys: number;
}

export interface WorkQueue {
  /** Asks for a run. Requests for a waiting key fall together; one for a running key makes it run once more. */
  request(key: string): void;
  /** Runs until the signal aborts and all runs have ended. */
  run(signal: AbortSignal): Promise<void>;
  /** True when no key waits or runs; pauses do not count. */
  isIdle(): boolean;
}

interface KeyState {
  status: 'resting' | 'waiting' | 'running';
  isAskedAgain: boolean;
  failures: number;
  timer: AbortController | undefined;
}

/** A keyed work queue as Kubernetes controllers have it: requests are names, not events. */
export function createWorkQueue(options: WorkQueueOptions): WorkQueue {
  return new KeyedQueue(options);
}

class KeyedQueue implements WorkQueue {
  readonly #options: WorkQueueOptions;
  readonly #states = new Map<string, KeyState>();
  readonly #waiting: string[] = [];
  readonly #running = new Set<Promise<void>>();
  #signal: AbortSignal | undefined;
  #wake: (() => void) | undefined;

  constructor(options: WorkQueueOptions) {
    this.#options = options;
  }

  request(key: string): void {
    const state = this.#state(key);
    if (state === undefined) return;
    state.timer?.abort();
    state.timer = undefined;
    if (state.status === 'running') state.isAskedAgain = true;
    if (state.status !== 'resting') return;
    state.status = 'waiting';
    this.#waiting.push(key);
    this.#wake?.();
  }

  isIdle(): boolean {
    return this.#waiting.length === 0 && this.#running.size === 0;
  }

  async run(signal: AbortSignal): Promise<void> {
    this.#signal = signal;
    signal.addEventListener('abort', () => this.#wake?.(), { once: true });
    while (!signal.aborted) {
      this.#startWaiting(signal);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        if (signal.aborted || this.#canStart()) resolve();
      });
    }
    for (const state of this.#states.values()) state.timer?.abort();
    await Promise.allSettled(this.#running);
  }

  #canStart(): boolean {
    return this.#waiting.length > 0 && this.#running.size < this.#options.concurrency;
  }

  #startWaiting(signal: AbortSignal): void {
    while (this.#canStart()) {
      const key = this.#waiting.shift();
      const state = key === undefined ? undefined : this.#states.get(key);
      if (key === undefined || state === undefined) return;
      state.status = 'running';
      const run = this.#runOnce(key, state, signal).finally(() => {
        this.#running.delete(run);
        this.#wake?.();
      });
      this.#running.add(run);
    }
  }

  async #runOnce(key: string, state: KeyState, signal: AbortSignal): Promise<void> {
    let pauseMs: number | undefined;
    try {
      const deadline = AbortSignal.timeout(this.#options.deadlineMs);
      const outcome = await this.#options.work(key, AbortSignal.any([signal, deadline]));
      state.failures = 0;
      pauseMs = outcome.requeueAfterMs;
    } catch (error) {
      state.failures += 1;
      const retry = signal.aborted ? 'never' : this.#options.onFailure(key, error);
      if (retry === 'backoff') pauseMs = nextPauseMs(state.failures, this.#options.clock);
    }
    state.status = 'resting';
    const isAskedAgain = state.isAskedAgain;
    state.isAskedAgain = false;
    if (isAskedAgain) this.request(key);
    else if (pauseMs !== undefined) this.#requestLater(key, state, pauseMs);
  }

  #requestLater(key: string, state: KeyState, pauseMs: number): void {
    if (this.#signal?.aborted === true) return;
    const timer = new AbortController();
    state.timer = timer;
    this.#options.clock
      .sleep(pauseMs, timer.signal)
      .then(() => this.request(key))
      .catch(() => undefined);
  }

  #state(key: string): KeyState | undefined {
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    if (this.#states.size >= this.#options.maxKeys) return undefined;
    const state: KeyState = { status: 'resting', isAskedAgain: false, failures: 0, timer: undefined };
    this.#states.set(key, state);
    return state;
  }
}
