import type { FleetServer } from '../../kinds/server/fleet-servers.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { mergePatch } from '../../model/merge-patch.ts';
import type { Resource } from '../../model/resource.ts';
import type { Fleet } from '../kind.ts';
import { matchesSelector } from '../selector.ts';
import type { ClusterSpec } from './cluster-fields.ts';

/** What Drover says, with what the user says laid over it in order: merge patches, the last one wins. */
export function layered(base: JsonObject, layers: readonly unknown[]): JsonObject {
  return layers.reduce<JsonObject>(
    (config, layer) => (layer === undefined ? config : (mergePatch(config, layer as Json) as JsonObject)),
    base,
  );
}

/** The configurations of the overrides that select a server, in order. */
export function overridesOf(spec: ClusterSpec, server: FleetServer): readonly unknown[] {
  return (spec.overrides ?? [])
    .filter(({ selector }) => matchesSelector(selector, server.labels))
    .map(({ config }) => config);
}

/** The version that a server is meant to run. */
export function versionOf(spec: ClusterSpec, server: FleetServer): string {
  const own = (spec.overrides ?? []).findLast(
    ({ selector, version }) => version !== undefined && matchesSelector(selector, server.labels),
  );
  return own?.version ?? spec.version;
}

/** Resolves texts for one server; what is wrong with them is said when they are rendered. */
export function expanderFor<S>(
  cluster: Resource<S>,
  server: FleetServer,
  fleet: Fleet,
): (text: string) => string {
  const at = cluster as unknown as Resource;
  return (text) => fleet.expand(text, { server: server.name, at, field: ['spec'] }).text;
}
