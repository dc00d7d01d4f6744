import { DeniedError } from '../../model/errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { LiveObject } from '../../ports/cluster-objects.ts';
import type { AdoptTarget } from '../adopt-target.ts';
import type { VaultWorld } from '../adopt-world.ts';
import { type AdoptedItem, nothingTaken, plainTexts, type Taken } from '../adopted-item.ts';
import { readOrDenied, throwWhenAllDenied } from '../denied.ts';
import { eachBounded } from '../each-bounded.ts';
import { hclDuration } from '../hcl-value.ts';
import { createLabels } from '../labels.ts';
import { saidOf } from '../said-of.ts';

/** Roles of auth methods that take workload identities. */
export const vaultRoles: AdoptTarget = {
  title: 'Vault roles',
  needs:
    'path "auth/+/role" { capabilities = ["list"] } and path "auth/+/role/*" { capabilities = ["read"] }',
  isAsked: ({ vault }) => vault !== undefined,
  async take({ vault }, signal): Promise<Taken> {
    if (vault === undefined) return nothingTaken;
    const keys = await vault.listings.auths.keys('', signal);
    const methods = await eachBounded(keys, (key) =>
      readOrDenied((name) => vault.auths.read(name, signal), key),
    );
    // The same names as the auth methods get, which roles refer to.
    const labels = createLabels();
    const named = methods
      .flatMap((method) => (method === undefined || method instanceof DeniedError ? [] : [method]))
      .filter(({ key }) => key !== 'token')
      .map(({ key, spec }) => ({ path: key, type: spec['type'], name: labels(key) }));
    const asked = named.filter(({ type }) => type === 'jwt' || type === 'oidc');
    const taken: (Taken | DeniedError)[] = [];
    for (const method of asked) taken.push(await readOrDenied((one) => rolesOf(vault, one, signal), method));
    throwWhenAllDenied(taken);
    const left = asked.flatMap(({ path }, index) => {
      const found = taken[index];
      return found instanceof DeniedError ? [{ what: `Vault roles of ${path}`, reason: found.message }] : [];
    });
    return {
      ...nothingTaken,
      items: taken.flatMap((one) => (one instanceof DeniedError ? [] : one.items)),
      left,
    };
  },
};

async function rolesOf(
  vault: VaultWorld,
  { path, name }: { readonly path: string; readonly name: string },
  signal: AbortSignal,
): Promise<Taken> {
  const roles = await vault.listings.roles.keys(path, signal);
  const found = await eachBounded(roles, (key) => vault.roles.read(key, signal));
  return { ...nothingTaken, items: found.flatMap((role) => (role === undefined ? [] : itemOf(role, name))) };
}

function itemOf({ key, spec: live }: LiveObject, auth: string): AdoptedItem {
  const name = key.slice(key.lastIndexOf('/') + 1);
  const config = isJsonObject(live['config']) ? live['config'] : {};
  return {
    unit: `vault-role:${key}`,
    what: `Vault role ${key}`,
    form: 'Vault roles',
    definition: { kind: 'VaultRole', name, spec: plainTexts({ auth, ...specOf(config) }) },
    file: 'vault/roles.yaml',
    beside: [],
  };
}

/** Fields of the role that the definition has words for. */
const worded = new Set([
  'bound_audiences',
  'bound_claims',
  'bound_claims_type',
  'claim_mappings',
  'role_type',
  'token_explicit_max_ttl',
  'token_period',
  'token_policies',
  'token_type',
  'user_claim',
  'user_claim_json_pointer',
]);

/** Of a time before tokens had fields of their own; Vault shows them beside the new ones. */
const doubled = new Set(['policies', 'ttl', 'max_ttl', 'period', 'num_uses', 'bound_cidrs']);

function specOf(live: JsonObject): JsonObject {
  const others = Object.entries(saidOf(live)).filter(([field]) => !worded.has(field) && !doubled.has(field));
  const claims = live['bound_claims'];
  const config = { ...Object.fromEntries(others), ...exceptions(live) };
  return {
    policies: live['token_policies'] ?? [],
    boundAudiences: live['bound_audiences'] ?? [],
    ...(isJsonObject(claims) && Object.keys(claims).length > 0 ? { boundClaims: claims } : {}),
    userClaim: live['user_claim'] ?? '',
    userClaimJsonPointer: live['user_claim_json_pointer'] === true,
    claimMappings: isJsonObject(live['claim_mappings']) ? live['claim_mappings'] : {},
    tokenType: live['token_type'] === 'batch' ? 'Batch' : 'Service',
    tokenPeriod: secondsText(live['token_period']),
    tokenExplicitMaxTTL: secondsText(live['token_explicit_max_ttl']),
    ...(Object.keys(config).length === 0 ? {} : { config }),
  };
}

/** What a definition would derive otherwise. */
function exceptions(live: JsonObject): JsonObject {
  const claims = isJsonObject(live['bound_claims']) ? Object.values(live['bound_claims']).flat() : [];
  const derived = claims.some((value) => typeof value === 'string' && value.includes('*'))
    ? 'glob'
    : 'string';
  const { role_type: roleType, bound_claims_type: claimsType, token_type: tokenType } = live;
  return {
    ...(roleType === 'jwt' ? {} : { role_type: roleType ?? '' }),
    ...(claimsType === derived ? {} : { bound_claims_type: claimsType ?? 'string' }),
    ...(tokenType === 'batch' || tokenType === 'service' ? {} : { token_type: tokenType ?? '' }),
  };
}

function secondsText(value: Json | undefined): string {
  return hclDuration((typeof value === 'number' ? value : 0) * 1_000_000_000);
}
