import type { VaultClusterSpec } from '../../kinds/vault-cluster/schema.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import type { Rule } from '../rule.ts';
import { quorumCodes } from './quorum-codes.ts';

/** Where Drover changes machines, Vault opens itself after a restart. */
export const vaultSeal: Rule = (fleet) => {
  if (fleet.environment.rules.mode !== 'Enforce') return [];
  return fleet
    .byKind<VaultClusterSpec>('VaultCluster')
    .filter(({ spec }) => spec.seal === undefined && spec.development !== true)
    .map((cluster) =>
      findingOf(quorumCodes.noSeal, {
        span: cluster.locate(['metadata', 'name']),
        message: `the Vault cluster ${cluster.metadata.name} has no seal: a person has to open each server after a restart`,
      }),
    );
};
