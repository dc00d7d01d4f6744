import type { Json, JsonObject } from '../../model/json.ts';
import { type MachineConfig, mergeMaps } from './machine-configs.ts';
import type { ServerScribe } from './server-scribe.ts';

/** Fields of MachineConfig that are carried to the server and not acted on by this version. */
export const carriedMaps = ['packages', 'artifacts', 'groups', 'users', 'sysctls', 'mounts'] as const;

export function renderExtra(configs: readonly MachineConfig[], scribe: ServerScribe): JsonObject {
  const maps = carriedMaps.flatMap((field): [string, Json][] => {
    const merged = mergeMaps<unknown>(configs, (spec) => spec[field]).map(({ name, value, config }) => {
      return [name, carried(value, config, scribe, ['spec', field, name])];
    });
    return merged.length === 0 ? [] : [[field, Object.fromEntries(merged) as JsonObject]];
  });
  const modules = [...new Set(configs.flatMap((config) => config.spec.modules ?? []))].sort();
  const contact = mergeMaps(configs, (spec) => spec.files).flatMap(({ name, value }) =>
    value !== 'absent' && value.contact === true ? [name] : [],
  );
  const reboot = configs.findLast((config) => config.spec.reboot !== undefined)?.spec.reboot;
  return {
    ...Object.fromEntries(maps),
    ...(modules.length === 0 ? {} : { modules }),
    ...(contact.length === 0 ? {} : { contact }),
    ...(reboot === undefined ? {} : { reboot }),
  };
}

/** The value with its expressions resolved and the one file it may name put in. */
function carried(value: unknown, config: MachineConfig, scribe: ServerScribe, at: readonly string[]): Json {
  const written = scribe.expandDeep(value, config, at) as Json;
  const keys = (written as { authorizedKeys?: { file?: string } }).authorizedKeys;
  if (keys?.file === undefined) return written;
  const text = scribe.file(keys.file, config);
  const content = text === undefined ? '' : new TextDecoder().decode(text.bytes);
  return { ...(written as JsonObject), authorizedKeys: { content } };
}
