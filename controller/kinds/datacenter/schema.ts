import type { Static } from 'typebox';
import { fields } from '../fields.ts';

const { optional, text, list, object } = fields;

export const datacenterSchema = object(
  {
    region: optional(text('The region that it is in.', { default: 'global' })),
    failureDomains: optional(
      list(
        text('A rack or a zone.'),
        'What fails together in it. When it is listed, servers may name no other one.',
      ),
    ),
    description: optional(text('What people should know of it.')),
  },
  'A Nomad and Consul datacenter. Without any such definition servers may name any; with one, only those that are declared.',
);

export type DatacenterSpec = Static<typeof datacenterSchema>;
