import type { Resource } from '../../model/resource.ts';
import { escapeSegment, type Unit } from '../../model/tree.ts';
import { unitOptions } from '../annotations.ts';
import { jsonUnit } from '../json-unit.ts';
import type { Fleet } from '../kind.ts';
import { sourceText } from '../source-file.ts';
import { aclPolicyName, type ConsulACLPolicySpec } from './schema.ts';

export function renderConsulACLPolicy(
  resource: Resource<ConsulACLPolicySpec>,
  fleet: Fleet,
): readonly Unit[] {
  const name = aclPolicyName(resource);
  const { description = '', datacenters = [] } = resource.spec;
  const rules = aclRules(resource, fleet);
  if (rules === undefined) return [];
  return [
    jsonUnit(resource, {
      kind: 'consul-acl-policy',
      key: name,
      wave: 20,
      path: `consul/acl-policies/${escapeSegment(name)}.json`,
      document: { Name: name, Description: description, Datacenters: datacenters, Rules: rules },
      options: unitOptions(resource),
    }),
  ];
}

/** The text of the rules; none when their file is not there. */
export function aclRules({ spec, ...rest }: Resource<ConsulACLPolicySpec>, fleet: Fleet): string | undefined {
  const { inline, file } = spec.rules;
  if (inline !== undefined) return inline;
  return file === undefined ? undefined : sourceText({ spec, ...rest }, fleet, file);
}
