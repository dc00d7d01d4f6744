import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Resource } from '../../model/resource.ts';
import { finding } from '../finding.ts';
import { kindCodes } from '../kind-codes.ts';
import type { VaultRoleSpec } from './schema.ts';

export function checkVaultRole(resource: Resource<VaultRoleSpec>): readonly Diagnostic[] {
  const { name } = resource.metadata;
  if (/^[A-Za-z0-9._-]+$/.test(name)) return [];
  const message = `a role of Vault can’t be named "${name}"`;
  return [finding(resource, ['metadata', 'name'], { entry: kindCodes.name, message })];
}
