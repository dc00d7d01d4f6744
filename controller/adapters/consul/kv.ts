import { DefectError } from '../../model/errors.ts';
import type { KeyValue, KvEntry, KvOperation } from '../../ports/kv.ts';
import type { ConsulClient, RawItem } from './client.ts';

/** Consul takes more operations, but its limit on the JSON body leaves this much for values in base64. */
const maxOperations = 64;
const maxValueBytes = 360 * 1024;

export function createConsulKv(client: ConsulClient): KeyValue {
  return {
    async get(key, signal) {
      const read = await readKey(client, { key }, signal);
      return read.entry;
    },

    async list(prefix, signal) {
      if (!prefix.endsWith('/')) throw new DefectError(`the prefix ${prefix} does not end in a slash`);
      const [, items] = await client.call(
        { doing: `list ${prefix}` },
        (raw, options) => raw.kv.get({ ...options, key: prefix, recurse: true, buffer: true }),
        signal,
      );
      return ((items ?? []) as readonly RawItem[]).map(toEntry);
    },

    async transact(operations, signal) {
      checkLimits(operations);
      const [first] = operations;
      if (first === undefined) return;
      const body = operations.map((operation) => ({ KV: toConsul(operation) }));
      const doing = `write ${operations.length} operations, the first on ${first.key}`;
      await client.call({ doing }, (raw, options) => raw.transaction.create(body, options), signal);
    },

    async watch(key, { index, waitMs }, signal) {
      const read = await readKey(client, { key, index, waitMs }, signal);
      // Indexes start again after a restore or a lost server: 0 makes the next read answer at once.
      return { entry: read.entry, index: read.index < index ? 0 : read.index };
    },
  };
}

interface ReadRequest {
  readonly key: string;
  readonly index?: number;
  readonly waitMs?: number;
}

async function readKey(
  client: ConsulClient,
  { key, index = 0, waitMs = 0 }: ReadRequest,
  signal: AbortSignal,
): Promise<{ entry: KvEntry | undefined; index: number }> {
  const blocking = index > 0 ? { index: String(index), wait: `${Math.ceil(waitMs)}ms` } : {};
  // Consul adds up to a sixteenth of the wait, so that a thousand readers do not come back at once.
  const extraMs = index > 0 ? waitMs * (1 + 1 / 16) : 0;
  const [answer, item] = await client.call(
    { doing: `read ${key}`, extraMs },
    (raw, options) => raw.kv.get({ ...options, ...blocking, key, buffer: true }),
    signal,
  );
  // An index of 0 would turn the next blocking read into a busy loop.
  const found = Math.max(1, Number(answer.headers['x-consul-index']) || 0);
  return { entry: item === undefined ? undefined : toEntry(item), index: found };
}

function toEntry(item: RawItem): KvEntry {
  return {
    key: item.Key,
    value: item.Value ?? new Uint8Array(),
    modifyIndex: item.ModifyIndex,
    ...(item.Session === undefined ? {} : { session: item.Session }),
  };
}

function toConsul(operation: KvOperation): object {
  const { verb, key } = operation;
  switch (operation.verb) {
    case 'set':
      return { Verb: verb, Key: key, Value: base64(operation.value) };
    case 'cas':
      return { Verb: verb, Key: key, Value: base64(operation.value), Index: operation.index };
    case 'delete-cas':
      return { Verb: verb, Key: key, Index: operation.index };
    case 'check-session':
      return { Verb: verb, Key: key, Session: operation.session };
    default:
      return { Verb: verb, Key: key };
  }
}

function base64(value: Uint8Array): string {
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
}

function checkLimits(operations: readonly KvOperation[]): void {
  const sizeBytes = operations.reduce((sum, item) => sum + ('value' in item ? item.value.length : 0), 0);
  if (operations.length > maxOperations) {
    throw new DefectError(`a transaction of ${operations.length} operations; ${maxOperations} is the limit`);
  }
  // Above its limit Consul closes the connection in mid-body, which looks like an outage.
  if (sizeBytes > maxValueBytes) {
    throw new DefectError(`a transaction of ${sizeBytes} bytes of values; ${maxValueBytes} is the limit`);
  }
}
