import { type EntryTypeName, entryType, entryTypes } from '../../kinds/consul-config-entry/entry-types.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { eachBounded } from '../each-bounded.ts';
import { createObjectAdoption } from '../object-target.ts';

const names = Object.keys(entryTypes) as readonly EntryTypeName[];

export const consulConfigEntries = createObjectAdoption({
  title: 'Consul config entries',
  needs: 'service_prefix "" { policy = "read" }, mesh = "read" and operator = "read"',
  kind: 'ConsulConfigEntry',
  unit: 'consul-config-entry',
  word: 'config entry',
  file: 'consul/config-entries.yaml',
  isAsked: ({ consul }) => consul !== undefined,
  async keys({ consul }, signal) {
    const found = await eachBounded(
      names,
      async (name) => (await consul?.listings.configEntries.keys(entryType(name).kind, signal)) ?? [],
    );
    return found.flat();
  },
  objects: ({ consul }) => consul?.configEntries ?? { read: async () => undefined },
  isForeign: () => false,
  define({ key, spec: live }, labels) {
    const kind = key.slice(0, key.indexOf('/'));
    const own = key.slice(kind.length + 1);
    const type = names.find((name) => entryType(name).kind === kind);
    if (type === undefined) return `there is no definition for a ${kind}`;
    const { Kind: _kind, Name: _name, ...config } = live;
    const said = withoutNothing(config);
    const isPrescribed = 'name' in entryTypes[type];
    return {
      name: labels(isPrescribed ? kind : `${own}-${kind.replace(/^service-/, '')}`),
      spec: {
        type,
        ...(isPrescribed ? {} : { name: own }),
        ...(Object.keys(said).length === 0 ? {} : { config: said }),
      },
    };
  },
});

/** Consul fills in what it derives, and its own edition’s only namespace. */
const derived = new Set(['Precedence', 'LegacyID', 'LegacyMeta', 'LegacyCreateTime', 'LegacyUpdateTime']);

function withoutNothing(object: JsonObject): JsonObject {
  const entries = Object.entries(object)
    .filter(([name, value]) => !isNothing(value) && !derived.has(name))
    .map(([name, value]): [string, Json] => [name, cleaned(value)]);
  return Object.fromEntries(entries);
}

function cleaned(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => cleaned(item));
  return isJsonObject(value) ? withoutNothing(value) : value;
}

/** What says nothing to Consul either. An empty object may (a subset without a filter), so it stays. */
function isNothing(value: Json): boolean {
  return value === null || value === '' || value === false || (Array.isArray(value) && value.length === 0);
}
