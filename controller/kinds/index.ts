import { alertRule } from './alert-rule/index.ts';
import { application } from './application/index.ts';
import { consulACLPolicy } from './consul-acl-policy/index.ts';
import { consulCluster } from './consul-cluster/index.ts';
import { consulConfigEntry } from './consul-config-entry/index.ts';
import { consulKey } from './consul-key/index.ts';
import { datacenter } from './datacenter/index.ts';
import type { Kind, KindName } from './kind.ts';
import { machineConfig } from './machine-config/index.ts';
import { network } from './network/index.ts';
import { nomadACLPolicy } from './nomad-acl-policy/index.ts';
import { nomadAuth } from './nomad-auth/index.ts';
import { nomadCluster } from './nomad-cluster/index.ts';
import { nomadJob } from './nomad-job/index.ts';
import { nomadNamespace } from './nomad-namespace/index.ts';
import { nomadNodePool } from './nomad-node-pool/index.ts';
import { nomadVariable } from './nomad-variable/index.ts';
import { nomadVolume } from './nomad-volume/index.ts';
import { policy } from './policy/index.ts';
import { project } from './project/index.ts';
import { region } from './region/index.ts';
import { server } from './server/index.ts';
import { serverClass } from './server-class/index.ts';
import { serverGroup } from './server-group/index.ts';
import { serverKey } from './server-key/index.ts';
import { vaultAuth } from './vault-auth/index.ts';
import { vaultCluster } from './vault-cluster/index.ts';
import { vaultDatabaseRole } from './vault-database-role/index.ts';
import { vaultMount } from './vault-mount/index.ts';
import { vaultPolicy } from './vault-policy/index.ts';
import { vaultRole } from './vault-role/index.ts';
import { vaultSecret } from './vault-secret/index.ts';

/** A kind whose resources' specs were checked against its schema, whatever their type. */
export type AnyKind = Kind<unknown>;

const all: readonly AnyKind[] = [
  project,
  region,
  datacenter,
  network,
  serverClass,
  server,
  serverGroup,
  serverKey,
  machineConfig,
  consulCluster,
  nomadCluster,
  vaultCluster,
  nomadNamespace,
  nomadNodePool,
  nomadACLPolicy,
  nomadAuth,
  nomadVariable,
  nomadVolume,
  nomadJob,
  application,
  consulKey,
  consulConfigEntry,
  consulACLPolicy,
  vaultMount,
  vaultAuth,
  vaultPolicy,
  vaultRole,
  vaultDatabaseRole,
  vaultSecret,
  alertRule,
  policy,
];

/** The registry: all kinds of this version, by name. */
export const kinds: ReadonlyMap<KindName, AnyKind> = new Map(all.map((kind) => [kind.name, kind]));
