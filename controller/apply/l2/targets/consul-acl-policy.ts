import type { JsonObject } from '../../../model/json.ts';
import { uncovered } from '../covers.ts';
import { createObjectTarget } from '../object-target.ts';
import { requirePort } from '../require-port.ts';

/** An ACL policy. Tokens that carry it lose their rights when it goes. */
export const consulAclPolicy = createObjectTarget({
  kind: 'consul-acl-policy',
  rank: 0,
  objects: ({ ports }) => requirePort(ports.consulAclPolicies, 'Consul'),
  differences: (spec, live) => uncovered(withPlainRules(spec), withPlainRules(live)),
  keeps: (key) => (/^(drover-|global-)/.test(key) ? 'Consul or Drover itself needs it' : undefined),
});

// Consul keeps the text as it came; editors differ in line ends and trailing space.
function withPlainRules(spec: JsonObject): JsonObject {
  const rules = typeof spec['Rules'] === 'string' ? spec['Rules'] : '';
  const lines = rules.split('\n').map((line) => line.trimEnd());
  return { ...spec, Rules: lines.join('\n').trim() };
}
