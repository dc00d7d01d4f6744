import type { Resource } from '../../model/resource.ts';
import { escapeSegment, type Unit } from '../../model/tree.ts';
import { sourceOf, unitOptions, waveOf } from '../annotations.ts';
import { ruleFile } from './rule-file.ts';
import type { AlertRuleSpec } from './schema.ts';

/** Where Prometheus finds its rule files in Consul, one key a rule. */
export const rulePrefix = 'prometheus/rules/';

export function ruleKey({ metadata }: Pick<Resource<AlertRuleSpec>, 'metadata'>): string {
  return `${rulePrefix}${metadata.name}.yml`;
}

export function renderAlertRule(resource: Resource<AlertRuleSpec>): readonly Unit[] {
  const key = ruleKey(resource);
  const path = `consul/kv/${key.split('/').map(escapeSegment).join('/')}.value`;
  return [
    {
      kind: 'consul-key',
      key,
      wave: waveOf(resource, 20),
      path,
      files: new Map([[path, new TextEncoder().encode(ruleFile(resource))]]),
      options: unitOptions(resource),
      source: sourceOf(resource),
    },
  ];
}
