import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Resource } from '../../model/resource.ts';
import { finding } from '../finding.ts';
import { kindCodes } from '../kind-codes.ts';
import { pathProblem } from '../vault-path.ts';
import { mountPath, type VaultMountSpec } from './schema.ts';

/** Mounts that Vault keeps for itself. */
const reserved = new Set(['sys', 'identity', 'cubbyhole', 'auth']);

export function checkVaultMount(resource: Resource<VaultMountSpec>): readonly Diagnostic[] {
  const path = mountPath(resource);
  const isReserved = reserved.has(path.split('/')[0] ?? '');
  const message = pathProblem(path) ?? (isReserved ? `${path} is Vault’s own` : undefined);
  const at = resource.spec.path === undefined ? ['metadata', 'name'] : ['spec', 'path'];
  return message === undefined ? [] : [finding(resource, at, { entry: kindCodes.vaultPath, message })];
}
