import type { Json, JsonObject } from '../../../model/json.ts';
import { createObjectTarget } from '../object-target.ts';
import { plainText } from '../plain-text.ts';
import { requirePort } from '../require-port.ts';
import { wholeDifferences } from '../whole-differences.ts';

/** An ACL policy. Removing it takes its rights from every token and workload that has it. */
export const nomadAclPolicy = createObjectTarget({
  kind: 'nomad-acl-policy',
  rank: 1,
  objects: ({ ports }) => requirePort(ports.aclPolicies, 'Nomad'),
  differences: (spec, live) => wholeDifferences(withPlainRules(spec), withPlainRules(live)),
});

function withPlainRules(spec: JsonObject): JsonObject {
  const rules: Json = plainText(spec['Rules']);
  return { ...spec, Rules: rules };
}
