import { ConflictError } from '../../controller/model/errors.ts';
import type { Lease } from '../../controller/ports/lease.ts';
import type { FakeKv } from './kv.ts';

export interface FakeLease extends Lease {
  /** Ends a session as its time to live does. */
  expire(session: string): void;
}

/** Sessions over the fake keys. They expire only when told to. */
export function createFakeLease(kv: FakeKv): FakeLease {
  const sessions = new Set<string>();
  let made = 0;
  return {
    async acquire({ key, holder }, signal) {
      signal.throwIfAborted();
      made += 1;
      const session = `session-${made}`;
      if (!kv.lock(key, session, Buffer.from(holder))) return undefined;
      sessions.add(session);
      return { session, key };
    },
    async renew(lease, signal) {
      signal.throwIfAborted();
      if (!sessions.has(lease.session)) throw new ConflictError(`the session on ${lease.key} is gone`);
    },
    async release(lease, signal) {
      signal.throwIfAborted();
      sessions.delete(lease.session);
      kv.endSession(lease.session);
    },
    expire(session) {
      sessions.delete(session);
      kv.endSession(session);
    },
  };
}
