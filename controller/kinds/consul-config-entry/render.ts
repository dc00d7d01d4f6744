import type { Resource } from '../../model/resource.ts';
import { escapeSegment, type Unit } from '../../model/tree.ts';
import { unitOptions } from '../annotations.ts';
import { jsonUnit } from '../json-unit.ts';
import { entryType } from './entry-types.ts';
import { type ConsulConfigEntrySpec, entryKey, entryName } from './schema.ts';

export function renderConsulConfigEntry(resource: Resource<ConsulConfigEntrySpec>): readonly Unit[] {
  const { kind, wave } = entryType(resource.spec.type);
  const name = entryName(resource);
  return [
    jsonUnit(resource, {
      kind: 'consul-config-entry',
      key: entryKey(resource),
      wave,
      path: `consul/config-entries/${kind}/${escapeSegment(name)}.json`,
      document: { ...resource.spec.config, Kind: kind, Name: name },
      options: unitOptions(resource),
    }),
  ];
}
