import type { Static } from 'typebox';
import { fields } from '../fields.ts';

const { optional, text, object } = fields;

export const nomadACLPolicySchema = object(
  {
    description: optional(text('What the policy is for.', { default: '' })),
    rules: object(
      {
        file: optional(text('A file beside the definition.')),
        inline: optional(text('The text itself.')),
      },
      'What is allowed, in Nomad’s own rule language; exactly one of file and inline.',
    ),
    job: optional(
      object(
        {
          namespace: optional(text('The namespace of the job.', { default: 'default' })),
          id: text('The job’s id in Nomad.'),
          group: optional(text('One group of it; all when absent.')),
          task: optional(text('One task of the group; all when absent.')),
        },
        'The job whose tasks have the policy by their workload identity, without a token.',
      ),
    ),
  },
  'An ACL policy of Nomad, named as its metadata. `anonymous` is what is allowed without a token.',
);

export type NomadACLPolicySpec = Static<typeof nomadACLPolicySchema>;
