import { expectedSecrets, secretReferences } from '../../kinds/cluster/check-secret-keys.ts';
import type { Resource } from '../../model/resource.ts';
import type { Reference } from '../kind.ts';
import type { NomadClusterSpec } from './schema.ts';

export function nomadClusterReferences({ spec }: Resource<NomadClusterSpec>): readonly Reference[] {
  const { region, consul, vault } = spec;
  const references: readonly (Reference | undefined)[] = [
    region === undefined
      ? undefined
      : { kind: 'Region', name: region, at: ['spec', 'region'], onceDeclared: true },
    consul === undefined ? undefined : { kind: 'ConsulCluster', name: consul, at: ['spec', 'consul'] },
    vault === undefined
      ? undefined
      : { kind: 'VaultCluster', name: vault.cluster, at: ['spec', 'vault', 'cluster'] },
    vault?.defaultRole === undefined
      ? undefined
      : {
          kind: 'VaultRole',
          name: vault.defaultRole,
          at: ['spec', 'vault', 'defaultRole'],
          onceDeclared: true,
        },
  ];
  return [
    ...references.filter((reference) => reference !== undefined),
    ...secretReferences(expectedSecrets(spec)),
  ];
}
