import { type Static, Type } from 'typebox';
import { fields } from '../fields.ts';

const { optional, text, object, map, duration, word, flag, integer } = fields;

const authority = object(
  {
    commonName: text('Subject of the certificate.'),
    ttl: optional(duration('How long it is valid.', '43800h')),
  },
  'A certificate authority of its own.',
);

const keypair = object(
  { type: optional(word(['Ed25519', 'Rsa4096'], 'The kind of key.', 'Ed25519')) },
  'A key pair.',
);

const generate = object(
  {
    length: optional(integer('Characters.', { default: 32, minimum: 8, maximum: 1024 })),
    charset: optional(
      word(['Alphanumeric', 'Hex', 'Printable'], 'Which characters are used.', 'Alphanumeric'),
    ),
    bytes: optional(integer('Random bytes, instead of characters.', { minimum: 8, maximum: 1024 })),
    encoding: optional(word(['base64', 'hex'], 'How bytes are written.', 'base64')),
    ca: optional(authority),
    keypair: optional(keypair),
  },
  'Made by Drover once, when the secret never existed.',
);

const secretKey = object(
  {
    generate: optional(generate),
    external: optional(
      object(
        { owner: text('Who puts the value in.'), from: text('Where the value comes from.') },
        'Put in by a person; Drover only waits for it.',
      ),
    ),
    template: optional(text('Made of other keys, as `${{ keys.password }}`.')),
    value: optional(
      Type.Never({
        description: 'Never: a literal secret does not belong into git; generate it, or say who puts it in.',
      }),
    ),
  },
  'One key of the secret; exactly one of generate, external and template.',
);

export const vaultSecretSchema = object(
  {
    path: text('Mount and path, without `data/`: `kv/shop/db`.'),
    keys: map(secretKey, 'The keys of the secret by name.'),
    rotation: optional(
      object(
        {
          generation: optional(
            integer('Raising it asks for new generated values.', { default: 1, minimum: 1 }),
          ),
          remindAfter: optional(duration('After this time a reminder is shown.', '180d')),
          keepPrevious: optional(flag('Whether the former version stays readable.', true)),
        },
        'When and how values are made anew.',
      ),
    ),
  },
  'A secret in a Vault KV version 2 mount. Its values are never in git.',
);

export type VaultSecretSpec = Static<typeof vaultSecretSchema>;
