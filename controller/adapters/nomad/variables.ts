import { ConflictError, RejectedError } from '../../model/errors.ts';
import { isJsonObject, type JsonObject } from '../../model/json.ts';
import type { ClusterObjects } from '../../ports/cluster-objects.ts';
import { count, type NomadClient, segment } from './client.ts';

/** Variables by `<namespace>/<path>`, with check-and-set. The spec is { Namespace, Path, Items }. */
export function createVariables(client: NomadClient): ClusterObjects {
  return {
    async read(key, signal) {
      const { namespace, path } = place(key);
      const answer = await client.read(path, { namespace }, signal);
      if (answer === undefined || !isJsonObject(answer.body)) return undefined;
      const { Namespace: owner, Path: name, Items: items } = answer.body;
      const spec: JsonObject = { Namespace: owner ?? '', Path: name ?? '', Items: items ?? {} };
      return { key, spec, index: count(answer.body['ModifyIndex']) };
    },
    async write({ key, spec, expected }, signal) {
      const { namespace, path } = place(key);
      const query = { namespace, cas: expected?.index ?? 0 };
      await quietly(
        key,
        client.send({ method: 'PUT', path, query, body: { Items: spec['Items'] ?? {} } }, signal),
      );
    },
    async remove(key, signal) {
      const { namespace, path } = place(key);
      const there = await client.read(path, { namespace }, signal);
      if (there === undefined || !isJsonObject(there.body)) return;
      const query = { namespace, cas: count(there.body['ModifyIndex']) };
      await quietly(key, client.send({ method: 'DELETE', path, query }, signal));
    },
  };
}

function place(key: string): { readonly namespace: string; readonly path: string } {
  const cut = key.indexOf('/');
  if (cut <= 0) throw new RejectedError(`"${key}" is no variable: namespace and path, as default/shop/flags`);
  const path = key
    .slice(cut + 1)
    .split('/')
    .map(segment)
    .join('/');
  return { namespace: key.slice(0, cut), path: `/v1/var/${path}` };
}

/** A lost check-and-set is answered with the other one's items: their values go nowhere. */
async function quietly(key: string, sent: Promise<unknown>): Promise<void> {
  try {
    await sent;
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    throw new ConflictError(`Nomad: the variable ${key} was changed by somebody else`, {
      cause: error.cause,
    });
  }
}
