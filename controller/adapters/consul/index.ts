import type { ClusterObjects } from '../../ports/cluster-objects.ts';
import type { KeyValue } from '../../ports/kv.ts';
import type { Lease } from '../../ports/lease.ts';
import { createAclPolicies } from './acl-policies.ts';
import { createConsulApi } from './api.ts';
import { type ConsulSettings, createConsulClient } from './client.ts';
import { createConfigEntries } from './config-entries.ts';
import { createConsulKv } from './kv.ts';
import { createConsulLease } from './lease.ts';
import { type ConsulListings, createConsulListings } from './listings.ts';

export interface Consul {
  readonly kv: KeyValue;
  readonly lease: Lease;
  readonly configEntries: ClusterObjects;
  readonly aclPolicies: ClusterObjects;
  readonly listings: ConsulListings;
  close(): void;
}

/** One environment's Consul: keys, the lease on them, and plain objects. Sessions and transactions do not cross datacenters. */
export function createConsul(settings: ConsulSettings): Consul {
  const client = createConsulClient(settings);
  const api = createConsulApi(settings);
  return {
    kv: createConsulKv(client),
    lease: createConsulLease(client),
    configEntries: createConfigEntries(api),
    aclPolicies: createAclPolicies(api),
    listings: createConsulListings(api),
    close: () => api.close(),
  };
}
