import type { Resource } from '../../model/resource.ts';
import type { Fleet } from '../kind.ts';
import { defaultMount, type VaultDatabaseRoleSpec } from './schema.ts';

/** The mount that a role belongs to; where nobody declares it, its name is taken as the path. */
export function roleMount(
  resource: Resource<VaultDatabaseRoleSpec>,
  fleet: Fleet,
): {
  readonly name: string;
  readonly path: string;
  readonly declared: Resource<{ type: string; path?: string }> | undefined;
} {
  const { mount: name = defaultMount } = resource.spec;
  const declared = fleet.find<{ type: string; path?: string }>('VaultMount', name);
  return { name, path: declared?.spec.path ?? name, declared };
}
