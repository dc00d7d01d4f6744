import type { Resource } from '../../model/resource.ts';
import type { Unit } from '../../model/tree.ts';
import { unitOptions } from '../annotations.ts';
import { jsonUnit } from '../json-unit.ts';
import { renderedPath } from '../vault-path.ts';
import { authPath, type VaultAuthSpec } from './schema.ts';

export function renderVaultAuth(resource: Resource<VaultAuthSpec>): readonly Unit[] {
  const { type, description = '', config = {} } = resource.spec;
  const path = authPath(resource);
  return [
    jsonUnit(resource, {
      kind: 'vault-auth',
      key: path,
      wave: 35,
      path: `vault/auth/${renderedPath(path)}.json`,
      document: { path, type, description, config },
      options: unitOptions(resource),
    }),
  ];
}
