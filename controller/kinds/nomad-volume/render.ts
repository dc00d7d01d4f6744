import type { Resource } from '../../model/resource.ts';
import { escapeSegment, type Unit } from '../../model/tree.ts';
import { unitOptions } from '../annotations.ts';
import { jsonUnit } from '../json-unit.ts';
import { csiFields, hostFields } from './api-fields.ts';
import type { NomadVolumeSpec } from './schema.ts';

export function renderNomadVolume(resource: Resource<NomadVolumeSpec>): readonly Unit[] {
  const { name, namespace = 'default' } = resource.metadata;
  const own = resource.spec.type === 'Host' ? hostFields(resource.spec) : csiFields(resource.spec);
  return [
    jsonUnit(resource, {
      kind: 'nomad-volume',
      key: `${namespace}/${name}`,
      wave: 30,
      path: `nomad/volumes/${escapeSegment(namespace)}/${escapeSegment(name)}.json`,
      document: { Type: resource.spec.type.toLowerCase(), Namespace: namespace, Name: name, ...own },
      // Nobody knows what is in it: it stays, whatever becomes of its definition.
      options: { ...unitOptions(resource), prune: 'Orphan' },
    }),
  ];
}
