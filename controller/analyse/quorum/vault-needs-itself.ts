import { clusterMembers } from '../../kinds/cluster/members.ts';
import type { VaultClusterSpec } from '../../kinds/vault-cluster/schema.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { machineRule } from '../machines/machine-rule.ts';
import { quorumCodes } from './quorum-codes.ts';

const unit = 'vault.service';

/** What Vault must have before it starts is not in Vault. With two clusters it may be in the other. */
export const vaultNeedsItself = machineRule(({ server, view, fleet }) => {
  const [cluster, ...others] = fleet.byKind<VaultClusterSpec>('VaultCluster');
  const { name } = server.metadata;
  if (cluster === undefined || others.length > 0) return [];
  if (!clusterMembers(cluster, fleet).serverNames.has(name)) return [];
  const watched = new Set(
    view.spec.units
      .filter((one) => one.name === unit)
      .flatMap(({ restartOn, reloadOn }) => [...restartOn, ...reloadOn]),
  );
  return view.texts.flatMap(({ path, secrets: [secret], config, at }) => {
    if (secret === undefined || !watched.has(path)) return [];
    return [
      findingOf(quorumCodes.needsItself, {
        span: config.locate(at),
        message: `Vault on ${name} waits for ${path} with the secret ${secret.path}#${secret.key}, which it holds itself`,
      }),
    ];
  });
});
