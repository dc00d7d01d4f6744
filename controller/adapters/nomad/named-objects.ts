import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { isBlank } from '../../model/says-nothing.ts';
import type { ClusterObjects } from '../../ports/cluster-objects.ts';
import { type NomadClient, segment } from './client.ts';

export interface NamedPlace {
  /** `/v1/namespace/`: reads and removals. */
  readonly path: string;
  /** Where it is written when that is elsewhere: `/v1/node/pools`. */
  readonly writePath?: string;
  /** The fields that definitions speak of; all others are Nomad's own. */
  readonly fields: readonly string[];
}

/** Objects that Nomad keeps by a name alone. Their API has no check-and-set: what was read is compared, then written. */
export function createNamedObjects(client: NomadClient, place: NamedPlace): ClusterObjects {
  const pathOf = (key: string) => `${place.path}${segment(key)}`;
  return {
    async read(key, signal) {
      const answer = await client.read(pathOf(key), {}, signal);
      if (answer === undefined || !isJsonObject(answer.body)) return undefined;
      return { key, spec: saidFields(answer.body, place.fields), index: undefined };
    },
    async write({ key, spec }, signal) {
      const path = place.writePath ?? pathOf(key);
      await client.send({ method: 'POST', path, query: {}, body: { ...spec, Name: key } }, signal);
    },
    async remove(key, signal) {
      if ((await client.read(pathOf(key), {}, signal)) === undefined) return;
      await client.send({ method: 'DELETE', path: pathOf(key), query: {} }, signal);
    },
  };
}

/** Of those fields what says something: definitions leave out what is empty. */
export function saidFields(body: JsonObject, names: readonly string[]): JsonObject {
  const entries = names.map((name): [string, Json] => [name, body[name] ?? null]);
  return Object.fromEntries(entries.filter(([, value]) => !isBlank(value)));
}

/** The same for every field, also of what is inside. */
export function saidValues(body: JsonObject): JsonObject {
  const entries = Object.entries(body).map(([name, value]): [string, Json] => [
    name,
    isJsonObject(value) ? saidValues(value) : value,
  ]);
  return Object.fromEntries(entries.filter(([, value]) => !isBlank(value) && value !== false));
}
