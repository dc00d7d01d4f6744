import type { Static } from 'typebox';
import { fields } from '../fields.ts';

const { optional, text, object, list, word } = fields;

const capabilities = ['create', 'read', 'update', 'patch', 'delete', 'list', 'sudo', 'deny'] as const;

export const vaultPolicySchema = object(
  {
    hcl: optional(
      text('The policy’s text; `${{ accessor("jwt-nomad") }}` stands for the accessor of an auth method.'),
    ),
    rules: optional(
      list(
        object(
          {
            path: text('The path, with `*` and `+` as Vault reads them.'),
            capabilities: list(word([...capabilities], 'A capability.'), 'What is allowed on it.'),
          },
          'One path.',
        ),
        'The policy as data.',
      ),
    ),
  },
  'A policy of Vault, named as its metadata in lower case; exactly one of hcl and rules.',
);

export type VaultPolicySpec = Static<typeof vaultPolicySchema>;
