import type { Resource } from '../../model/resource.ts';
import { escapeSegment, type Unit } from '../../model/tree.ts';
import { unitOptions } from '../annotations.ts';
import { jsonUnit } from '../json-unit.ts';
import type { NomadNamespaceSpec } from './schema.ts';

export function renderNomadNamespace(resource: Resource<NomadNamespaceSpec>): readonly Unit[] {
  const { name } = resource.metadata;
  const { spec } = resource;
  const meta = { ...spec.meta, ...(spec.contact === undefined ? {} : { contact: spec.contact }) };
  const document = {
    Name: name,
    Description: spec.description ?? '',
    ...(Object.keys(meta).length === 0 ? {} : { Meta: meta }),
    ...(spec.capabilities === undefined ? {} : { Capabilities: capitalized(spec.capabilities) }),
    ...(spec.nodePools === undefined ? {} : { NodePoolConfiguration: capitalized(spec.nodePools) }),
  };
  return [
    jsonUnit(resource, {
      kind: 'nomad-namespace',
      key: name,
      wave: 30,
      path: `nomad/namespaces/${escapeSegment(name)}.json`,
      document,
      // Nomad deletes one whose jobs all rest (stopped, or scaled to none): it goes only when it is said.
      options: unitOptions(resource, { prune: 'Orphan' }),
    }),
  ];
}

function capitalized(fields: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [`${name.charAt(0).toUpperCase()}${name.slice(1)}`, value]),
  );
}
