import { isJsonObject, type JsonObject } from '../../model/json.ts';
import type { ClusterObjects } from '../../ports/cluster-objects.ts';
import { dataOf, type VaultClient } from './client.ts';

/**
 * Auth methods by mount path. The spec is { path, type, description, config }, `config` being the method's own.
 * A `jwks_url` that nobody answers at yet is an UnavailableError: Nomad comes first.
 */
export function createAuths(client: VaultClient): ClusterObjects {
  return {
    async read(key, signal) {
      const auth = dataOf(await client.read('sys/auth', signal))[`${key}/`];
      if (!isJsonObject(auth)) return undefined;
      const config = dataOf(await client.read(`auth/${key}/config`, signal));
      const accessor = auth['accessor'];
      return {
        key,
        spec: { path: key, type: auth['type'] ?? '', description: auth['description'] ?? '', config },
        index: undefined,
        ...(typeof accessor === 'string' ? { accessor } : {}),
      };
    },
    async write({ key, spec, expected }, signal) {
      const description = spec['description'] ?? '';
      if (expected === undefined) {
        await client.write(`sys/auth/${key}`, { type: spec['type'] ?? '', description }, signal);
      } else if (expected.spec['description'] !== description) {
        await client.write(`sys/auth/${key}/tune`, { description }, signal);
      }
      const config = isJsonObject(spec['config']) ? spec['config'] : {};
      if (Object.keys(config).length > 0)
        await client.write(`auth/${key}/config`, writable(config, expected?.spec), signal);
    },
    remove: (key, signal) => client.remove(`sys/auth/${key}`, signal),
  };
}

// A write replaces the whole configuration: what a definition does not speak of keeps its live value.
function writable(config: JsonObject, live: JsonObject | undefined): JsonObject {
  const before = isJsonObject(live?.['config']) ? live['config'] : {};
  const kept = Object.entries(before).filter(
    ([, value]) => value !== null && value !== '' && !isEmptyList(value),
  );
  const sources = ['jwks_url', 'jwks_pairs', 'jwt_validation_pubkeys', 'oidc_discovery_url'];
  const other = (name: string) => sources.includes(name) && sources.some((source) => source in config);
  return { ...Object.fromEntries(kept.filter(([name]) => !other(name))), ...config };
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
