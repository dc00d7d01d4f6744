import { type ExpectedSecret, expectedSecrets } from '../../kinds/cluster/check-secret-keys.ts';
import type { VaultClusterSpec } from './schema.ts';

/** Vault has an authority, and no gossip. */
export function vaultSecrets({ tls }: VaultClusterSpec): readonly ExpectedSecret[] {
  return expectedSecrets(tls === undefined ? {} : { tls });
}
