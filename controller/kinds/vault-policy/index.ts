import { defineKind } from '../define-kind.ts';
import { checkVaultPolicy } from './check.ts';
import { policyName, renderVaultPolicy } from './render.ts';
import { type VaultPolicySpec, vaultPolicySchema } from './schema.ts';

export const vaultPolicy = defineKind<VaultPolicySpec>({
  name: 'VaultPolicy',
  namespaced: false,
  schema: vaultPolicySchema,
  targets: (resource) => [{ key: `vault-policy:${policyName(resource)}`, at: ['metadata', 'name'] }],
  check: checkVaultPolicy,
  render: (resource) => ({ units: renderVaultPolicy(resource), diagnostics: [] }),
});
