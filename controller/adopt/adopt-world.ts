import type { JsonObject } from '../model/json.ts';
import type { ClusterObjects } from '../ports/cluster-objects.ts';
import type { JobSources } from '../ports/job-sources.ts';
import type { Jobs } from '../ports/jobs.ts';
import type { KeyValue } from '../ports/kv.ts';
import type { ObjectListing } from '../ports/object-listing.ts';

/** What is looked at, and how. Nothing of it is ever written to. */
export interface AdoptWorld {
  readonly nomad?: NomadWorld;
  readonly consul?: ConsulWorld;
  readonly vault?: VaultWorld;
  /** Only jobs of these Nomad namespaces; empty for all. */
  readonly namespaces: readonly string[];
  /** Prefixes of Consul keys that are taken, each ending in a slash. */
  readonly kvPrefixes: readonly string[];
  /** Where a live job differs from a definition; empty when both mean the same to Nomad. */
  readonly compareJob: (desired: JsonObject, live: JsonObject) => readonly string[];
  /** An HCL job as Nomad reads it; `undefined` when it is refused, or depends on the machine that reads it. */
  readonly parse: (hcl: string) => Promise<JsonObject | undefined>;
}

export interface NomadWorld {
  readonly jobs: Pick<Jobs, 'list' | 'read'>;
  readonly jobSources: JobSources;
  readonly namespaces: Reads;
  readonly nodePools: Reads;
  readonly aclPolicies: Reads;
  readonly listings: Listings<'namespaces' | 'nodePools' | 'aclPolicies' | 'variables' | 'volumes'>;
}

export interface ConsulWorld {
  readonly kv: Pick<KeyValue, 'list'>;
  readonly configEntries: Reads;
  readonly aclPolicies: Reads;
  readonly listings: Listings<'configEntries' | 'aclPolicies' | 'prefixes'>;
}

export interface VaultWorld {
  readonly mounts: Reads;
  readonly auths: Reads;
  readonly policies: Reads;
  readonly roles: Reads;
  readonly listings: Listings<'mounts' | 'auths' | 'policies' | 'roles' | 'secrets'>;
}

type Reads = Pick<ClusterObjects, 'read'>;
type Listings<Name extends string> = Readonly<Record<Name, ObjectListing>>;
