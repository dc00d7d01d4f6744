import type { UnitKind } from '../../../model/tree.ts';
import type { Target } from '../target.ts';
import { consulAclPolicy } from './consul-acl-policy.ts';
import { consulConfigEntry } from './consul-config-entry.ts';
import { consulKey } from './consul-key.ts';
import { nomadAclPolicy } from './nomad-acl-policy.ts';
import { nomadAuth } from './nomad-auth.ts';
import { nomadJob } from './nomad-job.ts';
import { nomadNamespace } from './nomad-namespace.ts';
import { nomadNodePool } from './nomad-node-pool.ts';
import { nomadVariable } from './nomad-variable.ts';
import { nomadVolume } from './nomad-volume.ts';
import { vaultAuth } from './vault-auth.ts';
import { vaultDatabaseRole } from './vault-database-role.ts';
import { vaultMount } from './vault-mount.ts';
import { vaultPolicy } from './vault-policy.ts';
import { vaultRole } from './vault-role.ts';
import { vaultSecret } from './vault-secret.ts';

/** What L2 can apply. A new kind of unit is one file and one line here. */
export const targets: ReadonlyMap<UnitKind, Target> = new Map(
  [
    vaultMount,
    vaultPolicy,
    vaultSecret,
    vaultAuth,
    vaultRole,
    vaultDatabaseRole,
    consulKey,
    consulConfigEntry,
    consulAclPolicy,
    nomadNamespace,
    nomadNodePool,
    nomadAclPolicy,
    nomadAuth,
    nomadVariable,
    nomadVolume,
    nomadJob,
  ].map((target) => [target.kind, target]),
);
