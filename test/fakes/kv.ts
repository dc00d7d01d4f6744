import { ConflictError } from '../../controller/model/errors.ts';
import type { KeyValue, KvEntry, KvOperation } from '../../controller/ports/kv.ts';

export interface FakeKv extends KeyValue {
  /** Locks a key for a session, as Consul's `?acquire` does. */
  lock(key: string, session: string, value: Uint8Array): boolean;
  /** Ends a session: its locks are gone. */
  endSession(session: string): void;
  /** Runs before each transaction; what it throws is what the caller sees. */
  onTransact: (operations: readonly KvOperation[]) => void;
  /** Every transaction that held, in order. */
  readonly transactions: readonly (readonly KvOperation[])[];
  readonly index: number;
}

/** Consul's keys in memory: indexes, transactions, locks and blocking reads behave as Consul 1.20 does. */
export function createFakeKv(): FakeKv {
  const entries = new Map<string, KvEntry>();
  const transactions: (readonly KvOperation[])[] = [];
  const watchers = new Set<() => void>();
  let index = 10;

  const wakeAll = () => {
    for (const wake of watchers) wake();
  };
  const put = (key: string, value: Uint8Array, session?: string) => {
    const former = entries.get(key);
    const holder = session ?? former?.session;
    // The same bytes again do not move the index: watchers sleep on.
    const same =
      former !== undefined && Buffer.compare(former.value, value) === 0 && former.session === holder;
    if (same) return;
    index += 1;
    entries.set(key, {
      key,
      value: Uint8Array.from(value),
      modifyIndex: index,
      ...(holder === undefined ? {} : { session: holder }),
    });
  };
  const remove = (key: string) => {
    if (entries.delete(key)) index += 1;
  };

  const holds = (operation: KvOperation): boolean => {
    const entry = entries.get(operation.key);
    switch (operation.verb) {
      case 'cas':
        return operation.index === (entry?.modifyIndex ?? 0);
      case 'delete-cas':
        return entry === undefined || operation.index === entry.modifyIndex;
      case 'check-session':
        return entry?.session === operation.session;
      case 'check-not-exists':
        return entry === undefined;
      default:
        return true;
    }
  };
  const run = (operation: KvOperation) => {
    if (operation.verb === 'set' || operation.verb === 'cas') put(operation.key, operation.value);
    if (operation.verb === 'delete' || operation.verb === 'delete-cas') remove(operation.key);
  };

  const fake: FakeKv = {
    onTransact: () => undefined,
    transactions,
    get index() {
      return index;
    },
    async get(key, signal) {
      signal.throwIfAborted();
      return entries.get(key);
    },
    async list(prefix, signal) {
      signal.throwIfAborted();
      const found = [...entries.values()].filter((entry) => entry.key.startsWith(prefix));
      return found.sort((a, b) => (a.key < b.key ? -1 : 1));
    },
    async transact(operations, signal) {
      signal.throwIfAborted();
      fake.onTransact(operations);
      const failedOperations = operations.flatMap((operation, place) => (holds(operation) ? [] : [place]));
      if (failedOperations.length > 0) throw new ConflictError('it did not hold', { failedOperations });
      for (const operation of operations) run(operation);
      transactions.push(operations);
      wakeAll();
    },
    async watch(key, request, signal) {
      const read = () => {
        const entry = entries.get(key);
        return { entry, index: entry?.modifyIndex ?? index };
      };
      const now = read();
      if (request.index === 0 || now.index > request.index) return now;
      if (now.index < request.index) return { ...now, index: 0 };
      await waitForWrite(watchers, () => read().index !== request.index, { waitMs: request.waitMs, signal });
      return read();
    },
    lock(key, session, value) {
      if (entries.get(key)?.session !== undefined) return false;
      put(key, value, session);
      wakeAll();
      return true;
    },
    endSession(session) {
      for (const { key, value, session: holder } of entries.values()) {
        if (holder !== session) continue;
        index += 1;
        entries.set(key, { key, value, modifyIndex: index });
      }
      wakeAll();
    },
  };
  return fake;
}

async function waitForWrite(
  watchers: Set<() => void>,
  changed: () => boolean,
  { waitMs, signal }: { waitMs: number; signal: AbortSignal },
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const wake = () => {
    if (changed()) resolve();
  };
  const abort = () => reject(signal.reason as Error);
  const timer = setTimeout(resolve, waitMs);
  watchers.add(wake);
  signal.addEventListener('abort', abort);
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    watchers.delete(wake);
    signal.removeEventListener('abort', abort);
  }
}
