import type { Static } from 'typebox';
import type { Resource } from '../../model/resource.ts';
import { fields } from '../fields.ts';

const { optional, text, object, list } = fields;

export const consulACLPolicySchema = object(
  {
    name: optional(text('The policy’s name in Consul; the definition’s name when absent.')),
    description: optional(text('What the policy is for.', { default: '' })),
    datacenters: optional(list(text('A datacenter.'), 'Where it holds; everywhere when absent.')),
    rules: object(
      {
        inline: optional(text('The rules in Consul’s ACL language.')),
        file: optional(text('A file beside the definition with the rules.')),
      },
      'What the policy grants; exactly one of inline and file.',
    ),
  },
  'A policy of Consul’s ACL system.',
);

export type ConsulACLPolicySpec = Static<typeof consulACLPolicySchema>;

/** The policy’s name in Consul. */
export function aclPolicyName({ spec, metadata }: Resource<ConsulACLPolicySpec>): string {
  return spec.name ?? metadata.name;
}
