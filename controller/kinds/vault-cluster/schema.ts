import type { Static } from 'typebox';
import { clusterFields, tlsSchema } from '../../kinds/cluster/cluster-fields.ts';
import { fields } from '../fields.ts';

const { optional, text, object, word, free, selector } = fields;

export const vaultClusterSchema = object(
  {
    ...clusterFields,
    servers: selector,
    tls: optional(tlsSchema(false)),
    storage: optional(word(['Raft'], 'Where Vault keeps its data: on the members themselves.', 'Raft')),
    seal: optional(
      object(
        {
          type: text('Who opens Vault after a start, as Vault names it: `transit`, `awskms` …'),
          config: optional(free('The seal’s options in Vault’s own words; `${{ }}` is resolved per server.')),
        },
        'What opens Vault after a start; without it people do.',
      ),
    ),
    config: optional(
      free(
        'Merged last into each member’s configuration, in Vault’s own words; `${{ }}` is resolved per server.',
      ),
    ),
  },
  'Which servers run Vault, and how: each gets its configuration, its unit and its checks.',
);

export type VaultClusterSpec = Static<typeof vaultClusterSchema>;
