import type { UnitKind } from '../../../model/tree.ts';
import type { Target } from '../target.ts';
import { consulKey } from './consul-key.ts';
import { nomadJob } from './nomad-job.ts';
import { nomadNamespace } from './nomad-namespace.ts';
import { vaultAuth } from './vault-auth.ts';
import { vaultMount } from './vault-mount.ts';
import { vaultPolicy } from './vault-policy.ts';
import { vaultRole } from './vault-role.ts';
import { vaultSecret } from './vault-secret.ts';

/** What L2 can apply. A new kind of unit is one file and one line here. */
export const targets: ReadonlyMap<UnitKind, Target> = new Map(
  [vaultMount, vaultPolicy, vaultSecret, vaultAuth, vaultRole, consulKey, nomadNamespace, nomadJob].map(
    (target) => [target.kind, target],
  ),
);
