import { checkCluster } from '../../kinds/cluster/check-cluster.ts';
import { clusterCodes } from '../../kinds/cluster/cluster-codes.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { didYouMean } from '../../model/nearest.ts';
import type { Resource } from '../../model/resource.ts';
import { finding } from '../finding.ts';
import type { Fleet } from '../kind.ts';
import { vaultSecrets } from './references.ts';
import type { VaultClusterSpec } from './schema.ts';

const said = {
  cluster_name: 'the name of the cluster',
  seal: 'the field seal',
  'storage.raft.node_id': 'the name of the server',
  'storage.raft.retry_join': 'the field servers',
} as const;

/** As Vault names them; `pkcs11` is for its Enterprise edition. */
const seals = ['alicloudkms', 'awskms', 'azurekeyvault', 'gcpckms', 'kmip', 'ocikms', 'pkcs11', 'transit'];

export function checkVaultCluster(resource: Resource<VaultClusterSpec>, fleet: Fleet): readonly Diagnostic[] {
  return [
    ...checkCluster(resource, fleet, {
      program: 'vault',
      secrets: vaultSecrets(resource.spec),
      words: [
        { field: ['spec', 'config'], said },
        { field: ['spec', 'seal', 'config'], said: {} },
      ],
    }),
    ...checkSeal(resource),
  ];
}

function checkSeal(resource: Resource<VaultClusterSpec>): readonly Diagnostic[] {
  const type = resource.spec.seal?.type;
  if (type === undefined || seals.includes(type)) return [];
  const message = `Vault has no seal ${type}`;
  const hint = didYouMean(type, seals) ?? `write one of ${seals.join(', ')}`;
  return [finding(resource, ['spec', 'seal', 'type'], { entry: clusterCodes.sealType, message, hint })];
}
