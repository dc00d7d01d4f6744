import { RejectedError } from '../../model/errors.ts';
import { isJsonObject, type JsonObject } from '../../model/json.ts';
import type { DesiredUnit } from './target.ts';

/** @throws RejectedError that names the system which the environment lacks. */
export function requirePort<P>(port: P | undefined, system: 'Nomad' | 'Vault' | 'Consul'): P {
  if (port !== undefined) return port;
  throw new RejectedError(`no ${system} is configured for this environment`, {
    hint: `Name its address in the controller's own settings.`,
  });
}

/** The unit's file as the JSON object that every renderer of such kinds writes. */
export function documentOf(unit: DesiredUnit): JsonObject {
  const parsed: unknown = JSON.parse(new TextDecoder().decode(unit.bytes));
  if (isJsonObject(parsed)) return parsed;
  throw new RejectedError(`${unit.entry.path} is no JSON object`);
}
