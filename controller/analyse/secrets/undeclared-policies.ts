import type { VaultRoleSpec } from '../../kinds/vault-role/schema.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { didYouMean } from '../../model/nearest.ts';
import type { Rule } from '../rule.ts';
import { secretCodes } from './secret-codes.ts';

/** A role gives policies that are declared, where some are: Vault lets a role name what does not exist, and grants nothing by it. */
export const undeclaredPolicies: Rule = (fleet) => {
  const declared = new Set(fleet.byKind('VaultPolicy').map(({ metadata }) => metadata.name.toLowerCase()));
  if (declared.size === 0 || fleet.mayMiss?.('VaultPolicy') === true) return [];
  return fleet.byKind<VaultRoleSpec>('VaultRole').flatMap((role) =>
    role.spec.policies.flatMap((name, index) => {
      const policy = name.toLowerCase();
      if (policy === 'default' || declared.has(policy)) return [];
      return [
        findingOf(secretCodes.undeclaredPolicy, {
          span: role.locate(['spec', 'policies', index]),
          message: `no VaultPolicy is named ${name}`,
          hint: didYouMean(policy, declared),
        }),
      ];
    }),
  );
};
