import type { Static } from 'typebox';
import { clusterFields, secretKeySchema, tlsSchema } from '../../kinds/cluster/cluster-fields.ts';
import { fields } from '../fields.ts';

const { optional, text, object, map, flag, free, selector } = fields;

const scheduler = object(
  {
    memoryOversubscription: optional(
      flag('Whether tasks may use more memory than they reserve, up to their maximum.', false),
    ),
    preemption: optional(
      object(
        {
          service: optional(flag('Whether service jobs may push others out.', false)),
          batch: optional(flag('Whether batch jobs may.', false)),
          system: optional(flag('Whether system jobs may.', true)),
        },
        'Which jobs may push out those of lower priority.',
      ),
    ),
  },
  'The scheduler configuration that a new cluster begins with.',
);

const vault = object(
  {
    cluster: text('Name of a VaultCluster.'),
    defaultRole: optional(text('Name of the VaultRole that jobs get when they name none.')),
    address: optional(
      text('Where Vault answers; its first server, or the one on the same machine, when absent.'),
    ),
  },
  'The Vault that jobs read their secrets from.',
);

export const nomadClusterSchema = object(
  {
    ...clusterFields,
    servers: selector,
    clients: selector,
    region: optional(text('The Nomad region, one for the whole environment.', { default: 'global' })),
    consul: optional(text('Name of the ConsulCluster whose agents the members use.')),
    vault: optional(vault),
    gossipKey: optional(secretKeySchema),
    tls: optional(tlsSchema(true)),
    acl: optional(flag('Whether calls need a token.', true)),
    scheduler: optional(scheduler),
    plugins: optional(
      map(free('The plugin’s configuration in its own words.'), 'Configuration of clients’ plugins by name.'),
    ),
    serverConfig: optional(
      free(
        'Merged last into the `server` block of servers, in Nomad’s own words; `${{ }}` is resolved per server.',
      ),
    ),
    clientConfig: optional(
      free(
        'Merged last into the `client` block of clients, in Nomad’s own words; `${{ }}` is resolved per server.',
      ),
    ),
    config: optional(free('Merged last into the whole configuration of every member, in Nomad’s own words.')),
  },
  'Which servers run Nomad, as server, client or both, and how: each gets its configuration, its unit and its checks.',
);

export type NomadClusterSpec = Static<typeof nomadClusterSchema>;
