import type { TestFn } from 'ava';
import { ConflictError } from '../../controller/model/errors.ts';
import type { KeyValue } from '../../controller/ports/kv.ts';
import type { HeldLease, Lease } from '../../controller/ports/lease.ts';

export interface LeaseSetup {
  readonly kv: KeyValue;
  readonly lease: Lease;
  readonly prefix: string;
  /** Ends a session from outside, as its time to live would. */
  readonly end: (held: HeldLease) => Promise<void>;
}

/** What every lease promises. */
export function leaseContract(test: TestFn, name: string, create: () => Promise<LeaseSetup>): void {
  const signal = AbortSignal.timeout(60_000);
  const ttlMs = 10_000;

  test(`${name}: one leads, the other gets nothing`, async (t) => {
    const { lease, prefix } = await create();
    const key = `${prefix}one`;
    const first = await lease.acquire({ key, holder: 'a', ttlMs }, signal);
    t.truthy(first);
    t.is(await lease.acquire({ key, holder: 'b', ttlMs }, signal), undefined);
  });

  test(`${name}: the holder stands in the key`, async (t) => {
    const { kv, lease, prefix } = await create();
    const key = `${prefix}holder`;
    const held = await lease.acquire({ key, holder: 'controller-a', ttlMs }, signal);
    const entry = await kv.get(key, signal);
    t.is(Buffer.from(entry?.value ?? []).toString(), 'controller-a');
    t.is(entry?.session, held?.session);
  });

  test(`${name}: a released lease is free at once, and releasing again does nothing`, async (t) => {
    const { lease, prefix } = await create();
    const key = `${prefix}release`;
    const first = await acquire(lease, key);
    await lease.release(first, signal);
    t.truthy(await lease.acquire({ key, holder: 'b', ttlMs }, signal));
    await t.notThrowsAsync(lease.release(first, signal));
  });

  test(`${name}: a held lease can be renewed, one whose session ended can't`, async (t) => {
    const { lease, prefix, end } = await create();
    const held = await acquire(lease, `${prefix}renew`);
    await t.notThrowsAsync(lease.renew(held, signal));
    await end(held);
    await t.throwsAsync(lease.renew(held, signal), { instanceOf: ConflictError });
  });

  test(`${name}: check-session fences the writes of a holder whose session ended`, async (t) => {
    const { kv, lease, prefix, end } = await create();
    const held = await acquire(lease, `${prefix}fence`);
    const key = `${prefix}fenced`;
    const write = [
      { verb: 'check-session', key: held.key, session: held.session },
      { verb: 'set', key, value: Uint8Array.of(1) },
    ] as const;
    await kv.transact(write, signal);
    await end(held);
    const error = await t.throwsAsync<ConflictError>(kv.transact(write, signal), {
      instanceOf: ConflictError,
    });
    t.deepEqual(error.failedOperations, [0]);
  });

  async function acquire(lease: Lease, key: string): Promise<HeldLease> {
    const held = await lease.acquire({ key, holder: 'a', ttlMs }, signal);
    if (held === undefined) throw new Error(`${key} is held already`);
    return held;
  }
}
