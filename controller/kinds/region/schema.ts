import type { Static } from 'typebox';
import { fields } from '../fields.ts';

const { optional, text, object } = fields;

export const regionSchema = object(
  { description: optional(text('What people should know of it.')) },
  'A Nomad region. Without any such definition there is one, `global`.',
);

export type RegionSpec = Static<typeof regionSchema>;
