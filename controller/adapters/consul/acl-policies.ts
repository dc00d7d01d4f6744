import { isJsonObject, type JsonObject } from '../../model/json.ts';
import type { ClusterObjects, LiveObject } from '../../ports/cluster-objects.ts';
import type { ConsulApi } from './api.ts';

/** ACL policies by name. The spec is { Name, Description, Datacenters, Rules }. Consul has no check-and-set for them. */
export function createAclPolicies(api: ConsulApi): ClusterObjects {
  const find = async (key: string, signal: AbortSignal): Promise<JsonObject | undefined> => {
    const path = `acl/policy/name/${encodeURIComponent(key)}`;
    const body = await api.call({ method: 'GET', path }, signal);
    return isJsonObject(body) ? body : undefined;
  };
  return {
    async read(key, signal) {
      const body = await find(key, signal);
      return body === undefined ? undefined : liveObject(key, body);
    },
    async write({ key, spec }, signal) {
      // Whom the name belongs to now, not when it was compared: the id may have changed with a new policy.
      const there = await find(key, signal);
      const body = { ...spec, Name: key };
      if (there === undefined) await api.call({ method: 'PUT', path: 'acl/policy', body }, signal);
      else {
        const id = idOf(there);
        await api.call({ method: 'PUT', path: `acl/policy/${id}`, body: { ...body, ID: id } }, signal);
      }
    },
    async remove(key, signal) {
      const there = await find(key, signal);
      if (there !== undefined)
        await api.call({ method: 'DELETE', path: `acl/policy/${idOf(there)}` }, signal);
    },
  };
}

function liveObject(key: string, body: JsonObject): LiveObject {
  const spec = {
    Name: key,
    Description: body['Description'] ?? '',
    Datacenters: body['Datacenters'] ?? [],
    Rules: body['Rules'] ?? '',
  };
  return { key, spec, index: undefined };
}

function idOf(body: JsonObject): string {
  const { ID: id } = body;
  return encodeURIComponent(typeof id === 'string' ? id : '');
}
