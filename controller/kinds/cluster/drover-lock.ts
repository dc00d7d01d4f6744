import { parseDocument } from 'yaml';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Fleet } from '../kind.ts';

/** A program as one server runs it. */
export interface Wanted {
  readonly program: string;
  readonly version: string;
  readonly arch: string;
}

export const lockPath = 'drover.lock';

export interface LockedArtifact {
  readonly url: string;
  readonly sha256: string;
}

/** `drover.lock` as it was read: where programs are fetched from, with their checksums. */
export interface DroverLock {
  readonly isThere: boolean;
  /** One sentence for each thing that is wrong with the file. */
  readonly problems: readonly string[];
  /** By `nomad 1.11.3 linux_amd64`. */
  readonly artifacts: ReadonlyMap<string, LockedArtifact>;
}

const maxBytes = 1 << 20;
const none: DroverLock = { isThere: false, problems: [], artifacts: new Map() };
const known = new WeakMap<Fleet, DroverLock>();

export function lockKey({ program, version, arch }: Wanted): string {
  return `${program} ${version} linux_${arch}`;
}

export function lockedArtifact(fleet: Fleet, wanted: Wanted): LockedArtifact | undefined {
  return readDroverLock(fleet).artifacts.get(lockKey(wanted));
}

/** Read once a fleet. A file that can't be read has problems and no artifacts. */
export function readDroverLock(fleet: Fleet): DroverLock {
  const lock = known.get(fleet) ?? parseLock(fleet.file(lockPath));
  known.set(fleet, lock);
  return lock;
}

export function parseLock(bytes: Uint8Array | undefined): DroverLock {
  if (bytes === undefined) return none;
  const broken = (problem: string) => ({ ...none, isThere: true, problems: [problem] });
  if (bytes.length > maxBytes) return broken(`it has ${bytes.length} bytes, ${maxBytes} are the most`);
  const document = readYaml(bytes);
  if (typeof document === 'string') return broken(document);
  const { version, programs, ...others } = document;
  const unknown = Object.keys(others)[0];
  if (unknown !== undefined) return broken(`it has the unknown field ${unknown}`);
  if (version !== 1) return broken('its version is not 1');
  if (!isJsonObject(programs)) return broken('it has no map of programs');
  return readPrograms(programs);
}

function readYaml(bytes: Uint8Array): JsonObject | string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const document = parseDocument(text, { uniqueKeys: true });
    const [error] = document.errors;
    if (error !== undefined) return `it is no YAML: ${error.message.split('\n')[0]}`;
    const value = document.toJS({ maxAliasCount: 0 }) as unknown;
    return isJsonObject(value) ? value : 'it is no map';
  } catch {
    return 'it is no YAML in UTF-8 without aliases';
  }
}

function readPrograms(programs: JsonObject): DroverLock {
  const written = entriesOf(programs).flatMap(([program, versions]) =>
    entriesOf(versions).flatMap(([version, platforms]) =>
      entriesOf(platforms).map(
        ([platform, value]) => [`${program} ${version} ${platform}`, readArtifact(value)] as const,
      ),
    ),
  );
  return {
    isThere: true,
    problems: written.flatMap(([name, artifact]) =>
      typeof artifact === 'string' ? [`${name} ${artifact}`] : [],
    ),
    artifacts: new Map(
      written.flatMap(([name, artifact]) =>
        typeof artifact === 'string' ? [] : [[name, artifact] as const],
      ),
    ),
  };
}

function entriesOf(value: Json | undefined): readonly (readonly [string, Json])[] {
  return isJsonObject(value) ? Object.entries(value) : [];
}

function readArtifact(written: Json): LockedArtifact | string {
  if (!isJsonObject(written)) return 'is no map of url and sha256';
  const { url, sha256 } = written;
  if (typeof url !== 'string' || !/^https:\/\/[^\s/]+\/\S+$/.test(url)) return 'has no https url';
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) return 'has no sha256 of 64 hex digits';
  return { url, sha256 };
}
