import { isJsonObject, type JsonObject } from '../../../model/json.ts';
import { uncovered } from '../covers.ts';
import { createObjectTarget } from '../object-target.ts';
import { requirePort } from '../require-port.ts';

/** A role of an auth method. Fields that the definition does not speak of are Vault's. */
export const vaultRole = createObjectTarget({
  kind: 'vault-role',
  rank: 1,
  objects: ({ ports }) => requirePort(ports.roles, 'Vault'),
  differences: (spec, live) => [...uncovered(spec, live), ...beyond(spec, live)].sort(),
});

/** Who may have the role, and what its tokens say, are whole: a claim that is taken out of a definition is taken out. */
const wholeFields = ['bound_claims', 'claim_mappings'] as const;

function beyond(spec: JsonObject, live: JsonObject): readonly string[] {
  const field = (object: JsonObject, name: string) =>
    isJsonObject(object['config']) ? object['config'][name] : undefined;
  return wholeFields.flatMap((name) => {
    const [wanted, there] = [field(spec, name), field(live, name)];
    if (!isJsonObject(wanted) || !isJsonObject(there)) return [];
    const more = Object.keys(there).filter((claim) => !(claim in wanted));
    return more.map((claim) => `config.${name}.${claim}`);
  });
}
