import type { Resource } from '../../model/resource.ts';
import { escapeSegment, type Unit } from '../../model/tree.ts';
import { unitOptions } from '../annotations.ts';
import { jsonUnit } from '../json-unit.ts';
import type { VaultPolicySpec } from './schema.ts';

/** Vault lower-cases the names of policies, so the key is lower-case from the start. */
export function policyName(resource: Resource<VaultPolicySpec>): string {
  return resource.metadata.name.toLowerCase();
}

export function renderVaultPolicy(resource: Resource<VaultPolicySpec>): readonly Unit[] {
  const name = policyName(resource);
  const { hcl, rules = [] } = resource.spec;
  const policy = hcl ?? rules.map(ruleText).join('\n');
  return [
    jsonUnit(resource, {
      kind: 'vault-policy',
      key: name,
      // Only Vault knows an accessor, and only once the auth method is there: that is wave 35.
      wave: /\$\{\{\s*accessor\(/.test(policy) ? 36 : 10,
      path: `vault/policies/${escapeSegment(name)}.json`,
      document: { name, policy },
      options: unitOptions(resource),
    }),
  ];
}

type Rule = NonNullable<VaultPolicySpec['rules']>[number];

function ruleText(rule: Rule): string {
  const capabilities = rule.capabilities.map((capability) => JSON.stringify(capability)).join(', ');
  return `path ${JSON.stringify(rule.path)} {\n  capabilities = [${capabilities}]\n}\n`;
}
