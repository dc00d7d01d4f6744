import type { Resource } from '../../model/resource.ts';
import { escapeSegment, type Unit } from '../../model/tree.ts';
import { unitOptions } from '../annotations.ts';
import { jsonUnit } from '../json-unit.ts';
import type { Fleet } from '../kind.ts';
import { ruleText } from './rule-text.ts';
import type { NomadACLPolicySpec } from './schema.ts';

export function renderNomadACLPolicy(resource: Resource<NomadACLPolicySpec>, fleet: Fleet): readonly Unit[] {
  const rules = ruleText(resource, fleet);
  if (rules === undefined) return [];
  const { name } = resource.metadata;
  const { description = '', job } = resource.spec;
  const document = {
    Name: name,
    Description: description,
    Rules: rules,
    ...(job === undefined ? {} : { JobACL: jobFields(job) }),
  };
  return [
    jsonUnit(resource, {
      kind: 'nomad-acl-policy',
      key: name,
      wave: 30,
      path: `nomad/acl-policies/${escapeSegment(name)}.json`,
      document,
      options: unitOptions(resource),
    }),
  ];
}

function jobFields({
  namespace = 'default',
  id,
  group,
  task,
}: NonNullable<NomadACLPolicySpec['job']>): object {
  return {
    Namespace: namespace,
    JobID: id,
    ...(group === undefined ? {} : { Group: group }),
    ...(task === undefined ? {} : { Task: task }),
  };
}
