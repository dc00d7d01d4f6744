import type { Static } from 'typebox';
import { fields } from '../fields.ts';

const { optional, text, object, map, word, flag, duration } = fields;

export const nomadNodePoolSchema = object(
  {
    description: optional(text('What the pool is for.', { default: '' })),
    meta: optional(map(text('A value.'), 'Metadata of the pool.')),
    nodeIdentityTTL: optional(
      duration('How long the identity of a node in the pool is good (Nomad 1.11 or newer).', '24h'),
    ),
    scheduler: optional(
      object(
        {
          algorithm: optional(
            word(['Binpack', 'Spread'], 'How jobs are placed; the cluster’s own way when absent.'),
          ),
          memoryOversubscription: optional(
            flag('Whether `memoryMax` counts; the cluster’s own setting when absent.', false),
          ),
        },
        'Scheduling in this pool (Nomad Enterprise: the community edition refuses it).',
      ),
    ),
  },
  'A node pool of Nomad, named as its metadata. `default` and `all` are built in.',
);

export type NomadNodePoolSpec = Static<typeof nomadNodePoolSchema>;
