import type { Static } from 'typebox';
import { fields } from '../fields.ts';

const { optional, text, object, list, duration, word, free } = fields;

const statements = (description: string) => optional(list(text('A statement.'), description));

export const vaultDatabaseRoleSchema = object(
  {
    mount: optional(text('Name of the VaultMount, of type `database`.', { default: 'database' })),
    connection: text('Name of the connection that the mount is configured with.'),
    creationStatements: list(
      text('A statement; `{{name}}`, `{{password}}` and `{{expiration}}` are put in by Vault.'),
      'What makes a user.',
    ),
    revocationStatements: statements('What takes the user away again; the plugin’s own way when absent.'),
    rollbackStatements: statements('What undoes a creation that broke off.'),
    renewStatements: statements('What is done when the credentials are renewed.'),
    defaultTTL: optional(duration('How long credentials live; the mount’s default when absent.')),
    maxTTL: optional(duration('How long they may be renewed; the mount’s limit when absent.')),
    credentialType: optional(
      word(['Password', 'RSAPrivateKey', 'ClientCertificate'], 'What Vault hands out.', 'Password'),
    ),
    credentialConfig: optional(free('How the credential is made, in Vault’s own words.')),
  },
  'A role of Vault’s database engine, named as its metadata: short-lived users made on demand.',
);

export type VaultDatabaseRoleSpec = Static<typeof vaultDatabaseRoleSchema>;

export const defaultMount = 'database';
