import { defineKind } from '../define-kind.ts';
import { checkVaultMount } from './check.ts';
import { renderVaultMount } from './render.ts';
import { mountPath, type VaultMountSpec, vaultMountSchema } from './schema.ts';

export const vaultMount = defineKind<VaultMountSpec>({
  name: 'VaultMount',
  namespaced: false,
  schema: vaultMountSchema,
  targets: (resource) => [{ key: `vault-mount:${mountPath(resource)}`, at: ['spec', 'path'] }],
  check: checkVaultMount,
  render: (resource) => ({ units: renderVaultMount(resource), diagnostics: [] }),
});
