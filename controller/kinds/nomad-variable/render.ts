import type { Resource } from '../../model/resource.ts';
import { escapeSegment, type Unit } from '../../model/tree.ts';
import { unitOptions } from '../annotations.ts';
import { jsonUnit } from '../json-unit.ts';
import type { NomadVariableSpec } from './schema.ts';

export function renderNomadVariable(resource: Resource<NomadVariableSpec>): readonly Unit[] {
  const { namespace = 'default' } = resource.metadata;
  const { path, items } = resource.spec;
  const folders = [namespace, ...path.split('/')].map(escapeSegment);
  return [
    jsonUnit(resource, {
      kind: 'nomad-variable',
      key: variableKey(resource),
      wave: 30,
      path: `nomad/variables/${folders.join('/')}.json`,
      document: { Namespace: namespace, Path: path, Items: items },
      options: unitOptions(resource),
    }),
  ];
}

export function variableKey(resource: Resource<NomadVariableSpec>): string {
  return `${resource.metadata.namespace ?? 'default'}/${resource.spec.path}`;
}
