import type { Static } from 'typebox';
import { fields } from '../fields.ts';

const { optional, text, object, list, map } = fields;

const names = (description: string) => optional(list(text('A name.'), description));

export const nomadNamespaceSchema = object(
  {
    description: optional(text('What the namespace is for.', { default: '' })),
    contact: optional(text('Whom to ask; kept in the namespace’s metadata as `contact`.')),
    meta: optional(map(text('A value.'), 'Metadata of the namespace.')),
    capabilities: optional(
      object(
        {
          enabledTaskDrivers: names('Task drivers that jobs may use; all when absent.'),
          disabledTaskDrivers: names('Task drivers that jobs may not use.'),
          enabledNetworkModes: names('Network modes that jobs may use; all when absent.'),
          disabledNetworkModes: names('Network modes that jobs may not use.'),
        },
        'What jobs of the namespace may use.',
      ),
    ),
    nodePools: optional(
      object(
        {
          default: optional(text('The pool of jobs that name none.')),
          allowed: names('Pools that jobs may name.'),
          denied: names('Pools that jobs may not name.'),
        },
        'Which node pools jobs may use (Nomad Enterprise).',
      ),
    ),
  },
  'A Nomad namespace, named as its metadata.',
);

export type NomadNamespaceSpec = Static<typeof nomadNamespaceSchema>;
