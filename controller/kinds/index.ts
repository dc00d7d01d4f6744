import { application } from './application/index.ts';
import { consulKey } from './consul-key/index.ts';
import { datacenter } from './datacenter/index.ts';
import type { Kind, KindName } from './kind.ts';
import { machineConfig } from './machine-config/index.ts';
import { network } from './network/index.ts';
import { nomadJob } from './nomad-job/index.ts';
import { nomadNamespace } from './nomad-namespace/index.ts';
import { project } from './project/index.ts';
import { region } from './region/index.ts';
import { server } from './server/index.ts';
import { serverClass } from './server-class/index.ts';
import { serverKey } from './server-key/index.ts';
import { vaultAuth } from './vault-auth/index.ts';
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
  serverKey,
  machineConfig,
  nomadNamespace,
  nomadJob,
  application,
  consulKey,
  vaultMount,
  vaultAuth,
  vaultPolicy,
  vaultRole,
  vaultSecret,
];

/** The registry: all kinds of this version, by name. */
export const kinds: ReadonlyMap<KindName, AnyKind> = new Map(all.map((kind) => [kind.name, kind]));
