import { defineKind } from '../define-kind.ts';
import { checkNomadACLPolicy } from './check.ts';
import { renderNomadACLPolicy } from './render.ts';
import { type NomadACLPolicySpec, nomadACLPolicySchema } from './schema.ts';

export const nomadACLPolicy = defineKind<NomadACLPolicySpec>({
  name: 'NomadACLPolicy',
  namespaced: false,
  schema: nomadACLPolicySchema,
  targets: (resource) => [{ key: `nomad-acl-policy:${resource.metadata.name}`, at: ['metadata', 'name'] }],
  check: checkNomadACLPolicy,
  render: (resource, fleet) => ({ units: renderNomadACLPolicy(resource, fleet), diagnostics: [] }),
});
