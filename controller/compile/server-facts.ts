import type { ServerFacts } from '../expression/scope.ts';
import { plainAddress, serverAddress } from '../kinds/server/address.ts';
import type { ServerSpec } from '../kinds/server/schema.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Resource } from '../model/resource.ts';

/** What expressions may read of a server. */
export function serverFacts(server: Resource<ServerSpec>): ServerFacts {
  const { metadata, spec } = server;
  const interfaces = Object.entries(spec.interfaces).map(([name, { address, network, mac }]) => [
    name,
    { address: plainAddress(address), ...definedOnly({ network, mac }) },
  ]);
  return {
    name: metadata.name,
    address: serverAddress(spec) ?? '',
    labels: metadata.labels,
    datacenter: spec.datacenter ?? 'dc1',
    class: spec.class,
    nodePool: spec.nodePool ?? 'default',
    ...definedOnly({ failureDomain: spec.failureDomain }),
    facts: spec.facts ?? {},
    interfaces: Object.fromEntries(interfaces) as JsonObject,
  };
}

function definedOnly(fields: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  );
}
