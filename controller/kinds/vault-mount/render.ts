import type { Resource } from '../../model/resource.ts';
import type { Unit } from '../../model/tree.ts';
import { unitOptions } from '../annotations.ts';
import { jsonUnit } from '../json-unit.ts';
import { renderedPath } from '../vault-path.ts';
import { mountPath, type VaultMountSpec } from './schema.ts';

export function renderVaultMount(resource: Resource<VaultMountSpec>): readonly Unit[] {
  const { type, description = '', options = {}, config } = resource.spec;
  const path = mountPath(resource);
  return [
    jsonUnit(resource, {
      kind: 'vault-mount',
      key: path,
      wave: 10,
      path: `vault/mounts/${renderedPath(path)}.json`,
      document: { path, type, description, options, ...(config === undefined ? {} : { config }) },
      // Unmounting deletes all that lies in it.
      options: unitOptions(resource, { prune: 'Orphan' }),
    }),
  ];
}
