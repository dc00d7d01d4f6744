import { DroverError, RejectedError, UnavailableError } from '../../model/errors.ts';
import type { SecretReference } from '../../model/payload.ts';
import type { Secrets, SecretVersion } from '../../ports/secrets.ts';
import type { SecretVersions } from './server-hash.ts';

/** All that L1 asks of Vault. */
export type ReadableSecrets = Pick<Secrets, 'version' | 'read'>;

/** The secrets of one step: each path's version is asked once, each value only when a payload is built. */
export interface SecretSource {
  /** @throws UnavailableError when Vault can't tell now; a secret that never existed is `undefined`. */
  versions(references: readonly SecretReference[], signal: AbortSignal): Promise<SecretVersions>;
  /** The values by `path#key`. What does not exist yet is left out; never an empty value in its place. */
  values(
    references: readonly SecretReference[],
    versions: SecretVersions,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, string>>;
}

/** The newest versions that Vault told, by path; kept from one step to the next. */
export type VersionMemory = Map<string, SecretVersion | undefined>;

/**
 * While Vault can't be asked, the versions in `memory` count: what was sealed before stays what it is, and only the
 * values of a payload that must be built now are missing. Source: decision 5.
 */
export function createSecretSource(
  secrets: ReadableSecrets | undefined,
  memory: VersionMemory = new Map(),
): SecretSource {
  const versionByPath = new Map<string, Promise<SecretVersion | undefined>>();
  const valuesByPath = new Map<string, Promise<Readonly<Record<string, string>>>>();

  const versionOf = (path: string, signal: AbortSignal) => {
    const known = versionByPath.get(path) ?? recall(memory, path, () => readVersion(secrets, path, signal));
    versionByPath.set(path, known);
    return known;
  };
  const valuesOf = (path: string, version: number, signal: AbortSignal) => {
    const known = valuesByPath.get(path) ?? demand(secrets, path).read(path, version, signal);
    valuesByPath.set(path, known);
    return known;
  };

  return {
    async versions(references, signal) {
      const versions = new Map<string, SecretVersion | undefined>();
      for (const { path } of references) versions.set(path, await versionOf(path, signal));
      return versions;
    },

    async values(references, versions, signal) {
      const found = new Map<string, string>();
      for (const { path, key } of references) {
        const version = versions.get(path);
        if (version === undefined) continue;
        const value = (await valuesOf(path, version.version, signal))[key];
        if (value !== undefined) found.set(`${path}#${key}`, value);
      }
      return found;
    },
  };
}

async function recall(
  memory: VersionMemory,
  path: string,
  ask: () => Promise<SecretVersion | undefined>,
): Promise<SecretVersion | undefined> {
  try {
    const version = await ask();
    memory.set(path, version);
    return version;
  } catch (error) {
    if (error instanceof UnavailableError && memory.has(path)) return memory.get(path);
    throw error;
  }
}

async function readVersion(
  secrets: ReadableSecrets | undefined,
  path: string,
  signal: AbortSignal,
): Promise<SecretVersion | undefined> {
  const version = await demand(secrets, path)
    .version(path, signal)
    .catch((cause: unknown) => {
      if (signal.aborted || cause instanceof DroverError) throw cause;
      throw new UnavailableError(`the version of the secret ${path} can't be read`, { cause });
    });
  // Taken for "not there yet", its files would be dropped from servers that run with them.
  if (version?.deleted === true) {
    throw new RejectedError(`the secret ${path} was deleted in Vault`, {
      hint: `Undelete version ${version.version}, or write a new one.`,
      retry: 'backoff',
    });
  }
  return version;
}

function demand(secrets: ReadableSecrets | undefined, path: string): ReadableSecrets {
  if (secrets !== undefined) return secrets;
  throw new UnavailableError(`the secret ${path} is asked for, and no Vault is configured`);
}
