import type { Static } from 'typebox';
import { clusterFields, secretKeySchema, tlsSchema } from '../../kinds/cluster/cluster-fields.ts';
import { fields } from '../fields.ts';

const { optional, text, object, word, free, selector } = fields;

export const consulClusterSchema = object(
  {
    ...clusterFields,
    servers: selector,
    clients: selector,
    datacenter: optional(text('The Consul datacenter, one for the whole environment.', { default: 'dc1' })),
    gossipKey: optional(secretKeySchema),
    tls: optional(tlsSchema(true)),
    acl: optional(
      object(
        { defaultPolicy: optional(word(['allow', 'deny'], 'What a call without rights gets.', 'deny')) },
        'Access control; off when absent.',
      ),
    ),
    config: optional(
      free(
        'Merged last into each member’s configuration, in Consul’s own words; `${{ }}` is resolved per server.',
      ),
    ),
  },
  'Which servers run Consul, as server or as client, and how: each gets its configuration, its unit and its checks.',
);

export type ConsulClusterSpec = Static<typeof consulClusterSchema>;
