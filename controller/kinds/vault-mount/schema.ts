import type { Static } from 'typebox';
import type { Resource } from '../../model/resource.ts';
import { fields } from '../fields.ts';

const { optional, text, object, map, free } = fields;

export const vaultMountSchema = object(
  {
    type: text('The secrets engine: `kv`, `transit`, `pki` …'),
    path: optional(text('Where it is mounted, without slashes around; the definition’s name when absent.')),
    description: optional(text('What the mount is for.', { default: '' })),
    options: optional(map(text('An option.'), 'Options of the engine; for KV version 2 `version: "2"`.')),
    config: optional(free('Tuning of the mount, in Vault’s own words.')),
  },
  'A secrets engine of Vault.',
);

export type VaultMountSpec = Static<typeof vaultMountSchema>;

/** Where it is mounted, without slashes around. */
export function mountPath(resource: Resource<VaultMountSpec>): string {
  return resource.spec.path ?? resource.metadata.name;
}
