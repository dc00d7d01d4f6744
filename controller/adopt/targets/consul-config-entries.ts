import { type EntryTypeName, entryType, entryTypes } from '../../kinds/consul-config-entry/entry-types.ts';
import { RejectedError } from '../../model/errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { isBlank } from '../../model/says-nothing.ts';
import { eachBounded } from '../each-bounded.ts';
import { createObjectAdoption } from '../object-target.ts';

const names = Object.keys(entryTypes) as readonly EntryTypeName[];

/** Kinds that no definition can say, with the reason. */
const undefinable: Readonly<Record<string, string>> = {
  'inline-certificate': 'its private key would stand in git',
  'file-system-certificate': 'there is no definition for a file-system-certificate',
  'rate-limit': 'there is no definition for a rate-limit',
  'sameness-group': 'there is no definition for a sameness-group',
};

/** Of a version or edition that lacks the kind. */
function noneWhenUnknown(error: unknown): readonly string[] {
  if (error instanceof RejectedError) return [];
  throw error;
}

export const consulConfigEntries = createObjectAdoption({
  title: 'Consul config entries',
  needs: 'service_prefix "" { policy = "read" }, mesh = "read" and operator = "read"',
  kind: 'ConsulConfigEntry',
  unit: 'consul-config-entry',
  word: 'config entry',
  file: 'consul/config-entries.yaml',
  isAsked: ({ consul }) => consul !== undefined,
  async keys({ consul }, signal) {
    const keys = async (kind: string) => (await consul?.listings.configEntries.keys(kind, signal)) ?? [];
    const found = await eachBounded(names, (name) => keys(entryType(name).kind));
    const others = await eachBounded(Object.keys(undefinable), (kind) => keys(kind).catch(noneWhenUnknown));
    return [...found, ...others].flat();
  },
  objects: ({ consul }) => consul?.configEntries ?? { read: async () => undefined },
  isForeign: () => false,
  unread: (key) => undefinable[key.slice(0, key.indexOf('/'))],
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
  return value === false || (isBlank(value) && !isJsonObject(value));
}
