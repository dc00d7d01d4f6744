import type { Static } from 'typebox';
import { fields } from '../fields.ts';

const { text, object, map } = fields;

export const nomadVariableSchema = object(
  {
    path: text(
      'The variable’s path. A task reads `nomad/jobs`, `nomad/jobs/JOB`, `nomad/jobs/JOB/GROUP` and `nomad/jobs/JOB/GROUP/TASK` without a policy.',
    ),
    items: map(
      text('A value, readable by whoever may read the definitions.'),
      'Values by key; never secrets.',
    ),
  },
  'A variable of Nomad with plain configuration. What is secret belongs into Vault.',
);

export type NomadVariableSpec = Static<typeof nomadVariableSchema>;
