import { canonicalJson, isJsonObject, type JsonObject } from '../../../model/json.ts';
import { createObjectTarget } from '../object-target.ts';
import { requirePort } from '../require-port.ts';
import { wholeDifferences } from '../whole-differences.ts';

/** An auth method with its binding rules, as one. Both are replaced whole: a rule that no definition names is removed. */
export const nomadAuth = createObjectTarget({
  kind: 'nomad-auth',
  rank: 2,
  objects: ({ ports }) => requirePort(ports.authMethods, 'Nomad'),
  differences: (spec, live) => wholeDifferences(withSortedRules(spec), withSortedRules(live)),
  refuses: (_spec, live) =>
    isJsonObject(live['Config']) && live['Config']['OIDCClientSecret'] !== undefined
      ? 'the live method holds a client secret, which a write would take away: take the secret out by hand, once Nomad signs for itself or the client is public'
      : undefined,
});

function withSortedRules(spec: JsonObject): JsonObject {
  const rules = Array.isArray(spec['BindingRules']) ? spec['BindingRules'] : [];
  return { ...spec, BindingRules: rules.map((rule) => canonicalJson(rule)).sort() };
}
