import type { Json, JsonObject } from '../../model/json.ts';
import { isJsonObject } from '../../model/json.ts';
import type { ClusterObjects } from '../../ports/cluster-objects.ts';
import type { NomadClient } from './client.ts';
import { segment } from './client.ts';

const specFields = ['Name', 'Description', 'Meta', 'Capabilities', 'NodePoolConfiguration'] as const;

/** Nomad namespaces. The API has no check-and-set for them: what was read is compared, then written. */
export function createNamespaces(client: NomadClient): ClusterObjects {
  return {
    async read(key, signal) {
      const answer = await client.read(`/v1/namespace/${segment(key)}`, {}, signal);
      if (answer === undefined || !isJsonObject(answer.body)) return undefined;
      return { key, spec: namespaceSpec(answer.body), index: undefined };
    },
    async write({ key, spec }, signal) {
      const body = { ...spec, Name: key };
      await client.send({ method: 'POST', path: `/v1/namespace/${segment(key)}`, query: {}, body }, signal);
    },
    async remove(key, signal) {
      const path = `/v1/namespace/${segment(key)}`;
      const there = await client.read(path, {}, signal);
      if (there === undefined) return;
      await client.send({ method: 'DELETE', path, query: {} }, signal);
    },
  };
}

function namespaceSpec(body: JsonObject): JsonObject {
  const entries = specFields.map((name): [string, Json] => [name, body[name] ?? null]);
  return Object.fromEntries(entries.filter(([, value]) => value !== null && value !== ''));
}
