import type { Static } from 'typebox';
import { fields } from '../fields.ts';

const { optional, text, object, list, flag, word, free, selector } = fields;

export const secretKeySchema = object(
  { secret: text('Name of a VaultSecret.'), key: text('One of its keys.') },
  'A key of a secret.',
);

export type SecretKey = Static<typeof secretKeySchema>;

/** A browser has no certificate to show, so it depends on the program whether callers need one. */
export function tlsSchema(verifyHttps: boolean) {
  return object(
    {
      ca: secretKeySchema,
      verifyHttps: optional(
        flag('Whether those who call the HTTP API need a certificate of this authority.', verifyHttps),
      ),
    },
    'Certificates between the members and on the HTTP API. The authority’s certificate comes from the secret, a member’s own from `/etc/<program>.d/tls/{cert,key}.pem` on the server.',
  );
}

const override = object(
  {
    selector,
    version: optional(text('Another version for these members, tried before the others follow.')),
    config: optional(
      free('Merged over the whole configuration of these members, in the program’s own words.'),
    ),
  },
  'Settings for some members.',
);

const upgrade = object(
  {
    snapshot: optional(flag('Whether the state is saved first.', true)),
    servers: optional(word(['LeaderLast'], 'The order among the servers.', 'LeaderLast')),
    clients: optional(
      object(
        { drain: optional(flag('Whether clients are emptied before their restart.', false)) },
        'How clients follow.',
      ),
    ),
    onFailure: optional(
      word(['Hold', 'Revert'], 'What becomes of a server whose new version does not start.', 'Hold'),
    ),
  },
  'How members take on another version.',
);

/** What all clusters have, whatever their program. */
export const clusterFields = {
  version: text('The version that the members run, as `1.11.3`.'),
  install: optional(
    word(
      ['Unmanaged', 'Artifact', 'Package'],
      'Where the program comes from: it is there already, it is fetched as `drover.lock` says, or it is a package of the system.',
      'Unmanaged',
    ),
  ),
  binary: optional(
    text(
      'Absolute path of the program; `/usr/bin/<program>`, or below `/usr/local/bin` with `install: Artifact`.',
    ),
  ),
  user: optional(
    text('The user that it runs as; `consul`, `vault`, and `root` for Nomad.', {
      pattern: '^[a-z_][a-z0-9_-]{0,31}$',
    }),
  ),
  development: optional(flag('Whether one server is enough, and nothing is said about its safety.', false)),
  overrides: optional(list(override, 'Settings for some members, the last one wins.')),
  upgrade: optional(upgrade),
  adopt: optional(
    object(
      { restart: optional(flag('Whether the first payload may restart a member that runs already.', false)) },
      'How members that run already are taken over.',
    ),
  ),
} as const;

const common = object({ ...clusterFields, servers: selector, clients: optional(selector) }, 'Any cluster.');

/** What the specs of all clusters share. */
export type ClusterSpec = Static<typeof common>;
