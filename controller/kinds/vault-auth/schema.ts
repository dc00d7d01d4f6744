import type { Static } from 'typebox';
import type { Resource } from '../../model/resource.ts';
import { fields } from '../fields.ts';

const { optional, text, object, free } = fields;

export const vaultAuthSchema = object(
  {
    type: text('The auth method: `jwt`, `approle` …'),
    path: optional(text('Where it is mounted, without slashes around; the definition’s name when absent.')),
    description: optional(text('What the auth method is for.', { default: '' })),
    config: optional(free('Configuration of the method, in Vault’s own words: `jwks_url`, `default_role` …')),
  },
  'An auth method of Vault. Written after Nomad answers, since a `jwks_url` of Nomad’s must answer first.',
);

export type VaultAuthSpec = Static<typeof vaultAuthSchema>;

/** Where it is mounted, without slashes around. */
export function authPath(resource: Resource<VaultAuthSpec>): string {
  return resource.spec.path ?? resource.metadata.name;
}
