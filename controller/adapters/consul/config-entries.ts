import { ConflictError, RejectedError } from '../../model/errors.ts';
import { isJsonObject, type JsonObject } from '../../model/json.ts';
import type { ClusterObjects, LiveObject } from '../../ports/cluster-objects.ts';
import type { ConsulApi } from './api.ts';

/** What Consul adds by itself. */
const serverMade = new Set(['CreateIndex', 'ModifyIndex', 'Hash', 'Status']);

/** The API knows no name for what there is only one of. */
const nameless = new Set(['mesh']);

/** Config entries by `<kind>/<name>`, with check-and-set. The spec is the entry as the API has it, Kind and Name in it. */
export function createConfigEntries(api: ConsulApi): ClusterObjects {
  const read = async (key: string, signal: AbortSignal): Promise<LiveObject | undefined> => {
    const body = await api.call({ method: 'GET', path: pathOf(key) }, signal);
    if (!isJsonObject(body)) return undefined;
    const { ModifyIndex: index } = body;
    const spec = { Name: key.slice(key.indexOf('/') + 1), ...withoutServerMade(body) };
    return { key, spec, index: typeof index === 'number' ? index : undefined };
  };
  return {
    read,
    async write({ key, spec, expected }, signal) {
      // 0 means that there must be none.
      const path = `config?cas=${expected?.index ?? 0}`;
      const done = await api.call({ method: 'PUT', path, body: writable(key, spec) }, signal);
      if (done === true) return;
      throw new ConflictError(`the config entry ${key} was changed by another meanwhile`);
    },
    async remove(key, signal) {
      const live = await read(key, signal);
      if (live === undefined) return;
      const path = `${pathOf(key)}?cas=${live.index ?? 0}`;
      const done = await api.call({ method: 'DELETE', path }, signal);
      if (done === false) throw new ConflictError(`the config entry ${key} was changed by another meanwhile`);
    },
  };
}

function withoutServerMade(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !serverMade.has(name)));
}

function writable(key: string, { Name = '', ...spec }: JsonObject): JsonObject {
  return nameless.has(key.slice(0, key.indexOf('/'))) ? spec : { ...spec, Name };
}

function pathOf(key: string): string {
  const cut = key.indexOf('/');
  if (cut <= 0)
    throw new RejectedError(`"${key}" is no config entry: kind and name, as service-defaults/web`);
  return `config/${key.slice(0, cut)}/${encodeURIComponent(key.slice(cut + 1))}`;
}
