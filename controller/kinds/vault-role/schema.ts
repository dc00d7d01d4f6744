import type { Static } from 'typebox';
import { fields } from '../fields.ts';

const { optional, text, object, list, map, either, duration, word, flag, free } = fields;

const claimValue = either(
  [text('A value; `*` matches any text.'), list(text('A value.'), 'Any of these values.')],
  'What the claim must be.',
);

export const vaultRoleSchema = object(
  {
    auth: text('Name of the VaultAuth that the role belongs to.'),
    policies: list(text('Name of a policy.'), 'Policies of the tokens.'),
    boundAudiences: optional(
      list(text('An audience.'), 'Audiences of the identity; `vault.io` when absent.'),
    ),
    boundClaims: optional(map(claimValue, 'Claims that the identity must have.')),
    userClaim: optional(text('The claim that names the user.', { default: '/nomad_job_id' })),
    userClaimJsonPointer: optional(flag('Whether `userClaim` is a JSON pointer.', true)),
    claimMappings: optional(
      map(
        text('The metadata key.'),
        'Claims copied to the token’s metadata; namespace, job and task when absent.',
      ),
    ),
    tokenType: optional(word(['Service', 'Batch'], 'The kind of token.', 'Service')),
    tokenPeriod: optional(duration('Tokens are renewed within this time, without an end.', '30m')),
    tokenExplicitMaxTTL: optional(duration('Hard end of a token’s life; `0s` is none.', '0s')),
    config: optional(free('More fields of the role in Vault’s own words, over those above.')),
  },
  'A role of a Vault auth method of type jwt: which workload identities get which policies.',
);

export type VaultRoleSpec = Static<typeof vaultRoleSchema>;
