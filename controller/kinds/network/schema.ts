import type { Static } from 'typebox';
import { fields } from '../fields.ts';

const { optional, text, flag, object } = fields;

export const networkSchema = object(
  {
    cidr: text('Its addresses, as `10.20.0.0/16` or `fd00:20::/64`.'),
    private: optional(flag('Whether its addresses are reached from inside only.', false)),
    gateway: optional(text('Address of the router, which no server may have.')),
    description: optional(text('What people should know of it.')),
  },
  'A network that servers have addresses in.',
);

export type NetworkSpec = Static<typeof networkSchema>;
