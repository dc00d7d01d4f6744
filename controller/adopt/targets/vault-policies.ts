import type { AdoptTarget } from '../adopt-target.ts';
import { type AdoptedItem, nothingTaken, plainTexts, type Taken } from '../adopted-item.ts';
import { eachBounded } from '../each-bounded.ts';

/** Policies as they are written; accessors of auth methods become expressions, since a new Vault makes others. */
export const vaultPolicies: AdoptTarget = {
  title: 'Vault policies',
  needs:
    'path "sys/policies/acl" { capabilities = ["list"] } and path "sys/policies/acl/*" { capabilities = ["read"] }',
  isAsked: ({ vault }) => vault !== undefined,
  async take({ vault }, signal): Promise<Taken> {
    if (vault === undefined) return nothingTaken;
    const keys = await vault.listings.policies.keys('', signal);
    const own = keys.filter((key) => key !== 'root' && key !== 'default' && !key.startsWith('drover-'));
    const found = await eachBounded(own, (key) => vault.policies.read(key, signal));
    const auths = await vault.listings.auths.keys('', signal).catch(() => []);
    const mounted = await eachBounded(auths, (key) => vault.auths.read(key, signal).catch(() => undefined));
    const pathByAccessor = mounted.flatMap((auth) =>
      auth?.accessor === undefined ? [] : [[auth.accessor, auth.key] as const],
    );
    return {
      ...nothingTaken,
      items: found.flatMap((live) => {
        if (live === undefined) return [];
        const written = live.spec['policy'];
        const text = plainTexts(typeof written === 'string' ? written : '');
        const named = withNames(text, pathByAccessor);
        if (named === text) return itemOf(live.key, text);
        const otherwise = () => itemOf(live.key, text);
        return { ...itemOf(live.key, named), otherwise, loss };
      }),
    };
  },
};

/** The auth method itself may not have been taken over. */
const loss = { of: 'form without accessors', so: 'they stay as they are, and a new Vault has others' };

function itemOf(key: string, hcl: string): AdoptedItem {
  return {
    unit: `vault-policy:${key}`,
    what: `Vault policy ${key}`,
    form: 'Vault policies',
    definition: { kind: 'VaultPolicy', name: key, spec: { hcl } },
    file: 'vault/policies.yaml',
    beside: [],
  };
}

function withNames(text: string, pathByAccessor: readonly (readonly [string, string])[]): string {
  return pathByAccessor.reduce(
    (changed, [accessor, path]) => changed.replaceAll(accessor, () => `\${{ accessor('${path}') }}`),
    text,
  );
}
