import type { JsonObject } from '../../model/json.ts';
import type { Program, Source } from './program.ts';

/** The group's volumes: whatever its programs mount, read-only where all of them only read. */
export function volumeFields(programs: readonly Program[], _source: Source): JsonObject {
  const used = programs.flatMap(({ spec }) => Object.entries(spec.volumes ?? {}));
  const names = [...new Set(used.map(([name]) => name))];
  if (names.length === 0) return {};
  const volumes = names.map((name) => {
    const isReadOnly = used.every(([other, { readOnly }]) => other !== name || readOnly === true);
    return [name, { Name: name, Type: 'host', Source: name, ReadOnly: isReadOnly }];
  });
  return { Volumes: Object.fromEntries(volumes) as JsonObject };
}
