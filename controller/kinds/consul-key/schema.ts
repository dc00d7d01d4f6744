import type { Static } from 'typebox';
import { fields } from '../fields.ts';

const { optional, text, object } = fields;

export const consulKeySchema = object(
  {
    key: text('The Consul key: letters, digits and `._-`, parts divided by `/`.'),
    value: optional(text('The value, as text.')),
    file: optional(text('A file beside the definition whose bytes are the value.')),
    template: optional(text('A file beside the definition whose `${{ }}` are resolved first.')),
  },
  'One key of the Consul KV store; exactly one of value, file and template.',
);

export type ConsulKeySpec = Static<typeof consulKeySchema>;
