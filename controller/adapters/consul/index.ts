import type { KeyValue } from '../../ports/kv.ts';
import type { Lease } from '../../ports/lease.ts';
import { type ConsulSettings, createConsulClient } from './client.ts';
import { createConsulKv } from './kv.ts';
import { createConsulLease } from './lease.ts';

/** One environment's Consul: its keys, and the lease on them. Sessions and transactions do not cross datacenters. */
export function createConsul(settings: ConsulSettings): { kv: KeyValue; lease: Lease } {
  const client = createConsulClient(settings);
  return { kv: createConsulKv(client), lease: createConsulLease(client) };
}
