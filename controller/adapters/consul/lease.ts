import { ConflictError, DroverError, UnavailableError } from '../../model/errors.ts';
import type { HeldLease, Lease } from '../../ports/lease.ts';
import type { ConsulClient } from './client.ts';
import { statusOf } from './errors.ts';

/** Long enough for writes of the former holder that are under way; a crash is then taken over within 21 s at TTL 10 s. */
const lockDelay = '1s';

export function createConsulLease(client: ConsulClient): Lease {
  return {
    async acquire({ key, holder, ttlMs }, signal) {
      // A look first: a session for each vain attempt would be two writes to raft each time.
      if (await isHeld(client, key, signal)) return undefined;
      const session = await createSession(client, { key, ttlMs }, signal);
      const [, acquired] = await client.call(
        { doing: `acquire ${key}` },
        (raw, options) => raw.kv.set({ ...options, key, value: holder, acquire: session }),
        signal,
      );
      if (acquired === true) return { session, key };
      await destroySession(client, { session, key }, signal);
      return undefined;
    },

    async renew(lease, signal) {
      try {
        await client.call(
          { doing: `renew the session on ${lease.key}` },
          (raw, options) => raw.session.renew({ ...options, id: lease.session }),
          signal,
        );
      } catch (error) {
        if (!isGone(error)) throw error;
        throw new ConflictError(`the session on ${lease.key} is gone`, { cause: error });
      }
    },

    async release(lease, signal) {
      // Released before it is destroyed: the end of a session that still holds a key starts the lock delay.
      await client.call(
        { doing: `release ${lease.key}` },
        (raw, options) => raw.kv.set({ ...options, key: lease.key, value: '', release: lease.session }),
        signal,
      );
      await destroySession(client, lease, signal);
    },
  };
}

async function isHeld(client: ConsulClient, key: string, signal: AbortSignal): Promise<boolean> {
  const [, item] = await client.call(
    { doing: `read ${key}` },
    (raw, options) => raw.kv.get({ ...options, key, buffer: true, consistent: true }),
    signal,
  );
  return item?.Session !== undefined;
}

async function createSession(
  client: ConsulClient,
  { key, ttlMs }: { key: string; ttlMs: number },
  signal: AbortSignal,
): Promise<string> {
  const settings = { name: key, ttl: `${ttlMs}ms`, lockdelay: lockDelay, behavior: 'release' };
  const [, session] = await client.call(
    { doing: `create a session for ${key}` },
    // No checks at all: bound to the health of a node, a flapping agent would drop the lease.
    (raw, options) => raw.session.create({ ...options, ...settings, checks: [] }),
    signal,
  );
  if (session === undefined) throw new UnavailableError(`Consul created no session for ${key}`);
  return session.ID;
}

async function destroySession(client: ConsulClient, lease: HeldLease, signal: AbortSignal): Promise<void> {
  await client.call(
    { doing: `end the session on ${lease.key}` },
    (raw, options) => raw.session.destroy({ ...options, id: lease.session }),
    signal,
  );
}

/** Consul answers 404 to the renewal of a session that it does not know. */
function isGone(error: unknown): boolean {
  return error instanceof DroverError && statusOf(error.cause) === 404;
}
