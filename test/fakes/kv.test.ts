import test from 'ava';
import { kvContract } from '../contracts/kv.ts';
import { leaseContract } from '../contracts/lease.ts';
import { createFakeKv } from './kv.ts';
import { createFakeLease } from './lease.ts';

kvContract(test, 'fake keys', async () => ({ kv: createFakeKv(), prefix: 'test/' }));

leaseContract(test, 'fake lease', async () => {
  const kv = createFakeKv();
  const lease = createFakeLease(kv);
  return { kv, lease, prefix: 'test/', end: async (held) => lease.expire(held.session) };
});
