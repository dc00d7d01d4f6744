import type { Static } from 'typebox';
import { Type } from 'typebox';
import { fields } from '../fields.ts';

const { optional, text, object, map, list, either, duration, word, flag, free } = fields;

export const jobReference = either(
  [
    text('Name of a job in the same namespace.'),
    object({ namespace: text('Its namespace.'), name: text('Its name.') }, 'A job of another namespace.'),
  ],
  'A NomadJob or an Application.',
);

const healthCheck = object(
  {
    http: optional(text('URL that must answer with a status below 400.')),
    promql: optional(text('Query whose result must not be empty.')),
  },
  'One check; exactly one of http and promql.',
);

export const nomadJobSchema = object(
  {
    hcl: optional(
      object(
        { file: optional(text('A file beside the definition.')), inline: optional(text('The text itself.')) },
        'The job as HCL; exactly one of file and inline.',
      ),
    ),
    json: optional(free('The job as Nomad’s API writes it.')),
    jobId: optional(text('The job’s id in Nomad; the definition’s name when absent.')),
    variables: optional(
      map(Type.Unknown(), 'HCL variables; over the environment’s vars of the same name, over HCL defaults.'),
    ),
    stateful: optional(
      flag('Whether stop, move and destructive update are dangers that a person confirms.', false),
    ),
    once: optional(word(['PerContent'], 'A batch job that runs once for each content, before services.')),
    health: optional(
      object(
        {
          deadline: optional(
            duration('Total time to become healthy; from the job’s update block when absent.'),
          ),
          checks: optional(map(healthCheck, 'More checks by name.')),
        },
        'When the job counts as healthy.',
      ),
    ),
    dependsOn: optional(list(jobReference, 'Jobs that must be healthy first.')),
    onStopped: optional(
      word(
        ['Respect', 'Heal'],
        'What becomes of a job that a person stopped; the environment’s rule when absent.',
      ),
    ),
  },
  'A Nomad job; exactly one of hcl and json. A file `x.nomad.hcl` is one without any YAML.',
);

export type NomadJobSpec = Static<typeof nomadJobSchema>;
