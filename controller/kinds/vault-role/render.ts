import type { Resource } from '../../model/resource.ts';
import { escapeSegment, type Unit } from '../../model/tree.ts';
import { unitOptions } from '../annotations.ts';
import { jsonUnit } from '../json-unit.ts';
import type { Fleet } from '../kind.ts';
import { durationMs, quantityOr } from '../quantity.ts';
import type { VaultRoleSpec } from './schema.ts';

const workloadClaims = {
  nomad_namespace: 'nomad_namespace',
  nomad_job_id: 'nomad_job_id',
  nomad_task: 'nomad_task',
} as const;

/** Where the role’s auth method is mounted: the VaultAuth’s path, else its name taken as the path. */
export function roleAuthPath(resource: Resource<VaultRoleSpec>, fleet: Fleet): string {
  const auth = fleet.find<{ path?: string }>('VaultAuth', resource.spec.auth);
  return auth?.spec.path ?? resource.spec.auth;
}

export function renderVaultRole(resource: Resource<VaultRoleSpec>, fleet: Fleet): readonly Unit[] {
  const auth = roleAuthPath(resource, fleet);
  const { name } = resource.metadata;
  return [
    jsonUnit(resource, {
      kind: 'vault-role',
      key: `${auth}/${name}`,
      wave: 35,
      path: `vault/roles/${escapeSegment(auth)}/${escapeSegment(name)}.json`,
      document: { auth, name, config: roleConfig(resource.spec) },
      options: unitOptions(resource),
    }),
  ];
}

/** The fields as Vault’s API reads them back: times in seconds, policies in lower case. */
function roleConfig(spec: VaultRoleSpec): object {
  const claims = spec.boundClaims ?? {};
  const hasGlob = Object.values(claims)
    .flat()
    .some((value) => value.includes('*'));
  return {
    role_type: 'jwt',
    bound_audiences: spec.boundAudiences ?? ['vault.io'],
    bound_claims_type: hasGlob ? 'glob' : 'string',
    bound_claims: claims,
    user_claim: spec.userClaim ?? '/nomad_job_id',
    user_claim_json_pointer: spec.userClaimJsonPointer ?? true,
    claim_mappings: spec.claimMappings ?? workloadClaims,
    token_policies: spec.policies.map((policy) => policy.toLowerCase()),
    token_type: (spec.tokenType ?? 'Service').toLowerCase(),
    token_period: seconds(spec.tokenPeriod, 1800),
    token_explicit_max_ttl: seconds(spec.tokenExplicitMaxTTL, 0),
    ...spec.config,
  };
}

function seconds(written: string | undefined, fallback: number): number {
  return Math.round(quantityOr(durationMs, written, fallback * 1000) / 1000);
}
