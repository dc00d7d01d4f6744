import type { KvEntry } from '../../ports/kv.ts';
import type { AdoptTarget } from '../adopt-target.ts';
import type { AdoptWorld } from '../adopt-world.ts';
import { type AdoptedItem, type LeftBehind, nothingTaken, plainTexts, type Taken } from '../adopted-item.ts';
import { createLabels } from '../labels.ts';
import { looksSecret } from '../looks-secret.ts';

/** Above it a value is a file of its own, beside the definitions. */
const mostInlineCharacters = 600;
/** What a transaction takes. */
const mostValueBytes = 360 * 1024;

export const consulKeys: AdoptTarget = {
  title: 'Consul keys',
  needs: 'key_prefix "PREFIX" { policy = "read" }, and "list" where enable_key_list_policy is set',
  isAsked: ({ consul }) => consul !== undefined,
  async take(world, signal) {
    const { consul, kvPrefixes } = world;
    if (consul === undefined) return nothingTaken;
    const labels = createLabels();
    const taken: Taken[] = [];
    for (const prefix of kvPrefixes.toSorted()) {
      const entries = await consul.kv.list(prefix, signal);
      taken.push(takeEntries(prefix, entries, labels));
    }
    const others = await otherPrefixes(world, signal);
    return {
      items: taken.flatMap(({ items }) => items),
      left: [...taken.flatMap(({ left }) => left), ...others],
      mind: [],
    };
  },
};

function takeEntries(prefix: string, entries: readonly KvEntry[], labels: (name: string) => string): Taken {
  if (entries.length === 0) {
    const reason = 'nothing is there, or the token may not read it: Consul does not tell which';
    return { ...nothingTaken, left: [{ what: `Consul keys below ${prefix}`, reason }] };
  }
  const found = entries.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map((entry) => takeEntry(entry, labels));
  return {
    items: found.flatMap((one) => ('form' in one ? [one] : [])),
    left: found.flatMap((one) => ('reason' in one ? [one] : [])),
    mind: [],
  };
}

function takeEntry(entry: KvEntry, labels: (name: string) => string): AdoptedItem | LeftBehind {
  const { key } = entry;
  const what = `Consul key ${key}`;
  const text = textOf(entry.value);
  const reason = reasonToLeave(entry, text);
  if (reason !== undefined || text === undefined) return { what, reason: reason ?? 'it is no text' };
  const name = labels(key);
  const isLong = text.length > mostInlineCharacters;
  const file = `values/${name}`;
  return {
    unit: `consul-key:${key}`,
    what,
    form: 'Consul keys',
    definition: {
      kind: 'ConsulKey',
      name,
      spec: { key, ...(isLong ? { file } : { value: plainTexts(text) }) },
    },
    file: 'consul/keys.yaml',
    beside: isLong ? [{ path: `consul/${file}`, text }] : [],
  };
}

function reasonToLeave({ key, value, session }: KvEntry, text: string | undefined): string | undefined {
  if (session !== undefined) return 'a session holds it as a lock: a program keeps it';
  if (key.endsWith('/')) return 'it is an empty folder, as the web page makes them';
  if (value.length > mostValueBytes)
    return `its value has ${value.length} bytes, ${mostValueBytes} are the most`;
  if (text === undefined) return 'its value is binary';
  if (looksSecret(key, text)) return 'its value looks like a secret: it belongs into Vault, not into git';
  return undefined;
}

function textOf(value: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value);
    return /[^\P{Cc}\t\n\r]/u.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Programs keep their state in Consul too: nobody but a person knows which prefixes are configuration. */
async function otherPrefixes(
  { consul, kvPrefixes }: AdoptWorld,
  signal: AbortSignal,
): Promise<readonly LeftBehind[]> {
  const found = (await consul?.listings.prefixes.keys('', signal)) ?? [];
  return found
    .filter((prefix) => prefix !== 'drover/' && prefix !== 'vault/')
    .filter((prefix) => !kvPrefixes.some((asked) => asked.startsWith(prefix)))
    .map((prefix) => ({
      what: prefix.endsWith('/') ? `Consul keys below ${prefix}` : `Consul key ${prefix}`,
      reason: prefix.endsWith('/') ? `not asked for: --kv-prefix ${prefix}` : 'it stands below no prefix',
    }));
}
