import { RejectedError, UnavailableError } from '../../model/errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Secrets, SecretVersion } from '../../ports/secrets.ts';
import { dataOf, type VaultClient } from './client.ts';

/** Secrets of Vault's KV v2 engine; the mount is the path's first segment. */
export function createSecrets(client: VaultClient): Secrets {
  return {
    async version(path, signal) {
      // Not the data: a soft-deleted secret is 404 there too, and telling it from one that never was needs its values.
      const answer = await client.read(kvPath(path, 'metadata'), signal);
      return answer === undefined ? undefined : currentVersion(dataOf(answer));
    },
    async read(path, version, signal) {
      const data = dataOf(await client.read(`${kvPath(path, 'data')}?version=${version}`, signal));
      return textValues(data['data'] ?? null, path);
    },
    async write(path, { values, expectedVersion }, signal) {
      const body = { options: { cas: expectedVersion }, data: values };
      const answer = dataOf(await client.write(kvPath(path, 'data'), body, signal));
      return writtenVersion(answer);
    },
    async annotate(path, notes, signal) {
      const metadata = dataOf(await client.read(kvPath(path, 'metadata'), signal));
      const body = { custom_metadata: { ...notesOf(metadata), ...notes } };
      await client.write(kvPath(path, 'metadata'), body, signal);
    },
  };
}

function kvPath(path: string, part: 'data' | 'metadata'): string {
  const [mount, ...rest] = path.split('/');
  if (mount === undefined || mount === '' || rest.length === 0 || rest.includes('') || path.includes('?')) {
    throw new RejectedError(`"${path}" is no path of a secret: mount and path, as kv/shop/db`);
  }
  return [mount, part, ...rest].join('/');
}

function currentVersion(metadata: JsonObject): SecretVersion | undefined {
  const version = metadata['current_version'];
  // Notes may be there before the first version: nothing was ever written.
  if (typeof version !== 'number' || version === 0) return undefined;
  const versions = isJsonObject(metadata['versions']) ? metadata['versions'] : {};
  const current = versions[String(version)];
  if (!isJsonObject(current))
    throw new UnavailableError('Vault does not know the version that it names as current');
  return {
    version,
    createdTime: textOf(current['created_time']),
    deleted: textOf(current['deletion_time']) !== '' || current['destroyed'] === true,
    notes: notesOf(metadata),
  };
}

function writtenVersion(answer: JsonObject): SecretVersion {
  if (typeof answer['version'] !== 'number')
    throw new UnavailableError('Vault names no version of what was written');
  return {
    version: answer['version'],
    createdTime: textOf(answer['created_time']),
    deleted: false,
    notes: notesOf(answer),
  };
}

function notesOf(metadata: JsonObject): Readonly<Record<string, string>> {
  const notes = metadata['custom_metadata'];
  if (!isJsonObject(notes)) return {};
  return Object.fromEntries(Object.entries(notes).map(([name, value]) => [name, textOf(value)]));
}

function textValues(data: Json, path: string): Readonly<Record<string, string>> {
  if (!isJsonObject(data)) throw new UnavailableError(`${path} has no values`);
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
