import type { Rule } from '../rule.ts';
import { literalSecrets } from './literal-secrets.ts';
import { nomadVariables } from './nomad-variables.ts';
import { templateSecrets } from './template-secrets.ts';
import { undeclaredPolicies } from './undeclared-policies.ts';
import { vaultEnabled } from './vault-enabled.ts';
import { vaultGrants } from './vault-grants.ts';
import { vaultNeeded } from './vault-needed.ts';

export const secretRules: readonly Rule[] = [
  templateSecrets,
  vaultEnabled,
  vaultNeeded,
  vaultGrants,
  undeclaredPolicies,
  nomadVariables,
  literalSecrets,
];
