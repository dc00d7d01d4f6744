import { isJsonObject, type JsonObject } from '../../../model/json.ts';

/** A volume as it is compared: Nomad shows mount flags only masked, as they may hold credentials. */
export function plainVolume(spec: JsonObject): JsonObject {
  if (!isJsonObject(spec['MountOptions'])) return spec;
  const { MountFlags: _masked, ...options } = spec['MountOptions'];
  return { ...spec, MountOptions: options };
}

/** Why a volume can't become so: what was decided when it was made stays. */
export function refusedChange(differences: readonly string[], fixed: readonly string[]): string | undefined {
  const stuck = differences.filter((path) => fixed.includes(path.split('.')[0] ?? ''));
  if (stuck.length === 0) return undefined;
  return `${stuck.join(', ')} of a volume can’t be changed: define a new one under another name and move what is in it`;
}
