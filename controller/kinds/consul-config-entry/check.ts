import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Resource } from '../../model/resource.ts';
import { clusterObjectCodes } from '../cluster-object-codes.ts';
import { finding } from '../finding.ts';
import type { Fleet } from '../kind.ts';
import { kindCodes } from '../kind-codes.ts';
import { mentionsSecret } from '../mentions-secret.ts';
import { checkIntentions } from './check-intentions.ts';
import { checkTraffic } from './check-traffic.ts';
import { entryType } from './entry-types.ts';
import { readField } from './read-field.ts';
import { type ConsulConfigEntrySpec, entryName } from './schema.ts';

export function checkConsulConfigEntry(
  resource: Resource<ConsulConfigEntrySpec>,
  fleet: Fleet,
): readonly Diagnostic[] {
  const config = (resource.spec.config ?? {}) as JsonObject;
  return [
    ...checkName(resource),
    ...['Kind', 'Name'].flatMap((name) => checkIdentity(resource, config, name)),
    ...checkSecrets(resource, config),
    ...checkTraffic(resource, config, fleet),
    ...checkIntentions(resource, config),
  ];
}

function checkName(resource: Resource<ConsulConfigEntrySpec>): readonly Diagnostic[] {
  const { type, name } = resource.spec;
  const prescribed = entryType(type).name;
  const written = entryName(resource);
  const at = name === undefined ? ['metadata', 'name'] : ['spec', 'name'];
  if (prescribed !== undefined && written !== prescribed) {
    const message = `a ${type} is named "${prescribed}" in Consul, and this is named "${written}"`;
    return [finding(resource, at, { entry: clusterObjectCodes.entryName, message })];
  }
  if (written === '*' || /^[A-Za-z0-9]([A-Za-z0-9._-]{0,126}[A-Za-z0-9])?$/.test(written)) return [];
  const message = `"${written}" is no name of a service`;
  return [finding(resource, at, { entry: kindCodes.name, message })];
}

function checkIdentity(
  resource: Resource<ConsulConfigEntrySpec>,
  config: JsonObject,
  name: string,
): readonly Diagnostic[] {
  const field = readField(config, name);
  if (field === undefined) return [];
  const message = `${field.key} comes from the definition and can’t stand in config`;
  const entry = clusterObjectCodes.entryIdentity;
  return [finding(resource, ['spec', 'config', field.key], { entry, message, part: 'key' })];
}

function checkSecrets(resource: Resource<ConsulConfigEntrySpec>, config: Json): readonly Diagnostic[] {
  if (!mentionsSecret(config)) return [];
  return [
    finding(resource, ['spec', 'config'], {
      entry: kindCodes.secretExposed,
      message: 'a config entry is readable in clear: it can’t hold a secret',
    }),
  ];
}
