import { RejectedError } from '../../model/errors.ts';
import {
  type FileSpec,
  type ProbeSpec,
  type SecretReference,
  type ServerDocument,
  secretPlaceholder,
  type UnitSpec,
} from '../../model/payload.ts';
import { referenceName, type ServerFolder } from './read-servers.ts';

/** By `path#key`; a reference without a value does not exist yet. */
export type SecretValues = ReadonlyMap<string, string>;

/** A server with every byte in place, or left out and named in `waiting`. */
export interface ResolvedServer {
  readonly document: ServerDocument;
  readonly files: readonly FileSpec[];
  readonly units: readonly UnitSpec[];
  readonly checks: readonly ProbeSpec[];
  /** Paths of files and names of units. */
  readonly waiting: readonly string[];
  /** By `content`, the path inside the server's folder. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
}

/**
 * Puts the values in place of their placeholders. A file whose secret does not exist yet is left out with the units
 * that watch it: Vault itself may start by this payload. Source: decision 6.
 */
export function resolveSecrets(folder: ServerFolder, values: SecretValues): ResolvedServer {
  const { document } = folder;
  const isWaiting = (item: FileSpec | UnitSpec) =>
    'secrets' in item && item.secrets.some((reference) => !values.has(referenceName(reference)));
  const waitingPaths = new Set(document.files.filter(isWaiting).map((file) => file.path));
  const watches = (unit: UnitSpec) =>
    [...unit.restartOn, ...unit.reloadOn].some((path) => waitingPaths.has(path));
  const waitingUnits = new Set(
    document.units.filter((unit) => isWaiting(unit) || watches(unit)).map((unit) => unit.name),
  );
  const files = document.files.filter((file) => !waitingPaths.has(file.path));
  const units = document.units.filter((unit) => !waitingUnits.has(unit.name));
  return {
    document,
    files,
    units,
    checks: document.checks.filter((check) => canCheck(check, waitingPaths, waitingUnits)),
    waiting: [...waitingPaths, ...waitingUnits].sort(),
    contents: resolveContents(folder, [...files, ...units], values),
  };
}

/** With a unit left out, what a port or a program says is no judgement of the rest. */
function canCheck(check: ProbeSpec, paths: ReadonlySet<string>, units: ReadonlySet<string>): boolean {
  if (check.unit !== undefined) return !units.has(check.unit);
  if (check.file !== undefined) return !paths.has(check.file);
  return units.size === 0 || check.freeDisk !== undefined;
}

function resolveContents(
  folder: ServerFolder,
  items: readonly (FileSpec | UnitSpec)[],
  values: SecretValues,
): ReadonlyMap<string, Uint8Array> {
  const contents = new Map<string, Uint8Array>();
  for (const item of items) {
    if (!('content' in item) || item.content === undefined) continue;
    const bytes = folder.files.get(item.content);
    if (bytes === undefined) {
      throw new RejectedError(`the rendered tree of ${folder.name} lacks ${item.content}`);
    }
    contents.set(item.content, replacePlaceholders(bytes, item.secrets, values));
  }
  return contents;
}

/** In one pass, so that a value that looks like a placeholder stays what it is; byte for byte around it. */
function replacePlaceholders(
  bytes: Uint8Array,
  references: readonly SecretReference[],
  values: SecretValues,
): Uint8Array {
  if (references.length === 0) return bytes;
  const byPlaceholder = new Map(
    references.map((reference) => [
      Buffer.from(secretPlaceholder(reference)).toString('latin1'),
      Buffer.from(values.get(referenceName(reference)) ?? '').toString('latin1'),
    ]),
  );
  const pattern = new RegExp([...byPlaceholder.keys()].map(escapeRegExp).join('|'), 'g');
  const text = Buffer.from(bytes).toString('latin1');
  return Buffer.from(
    text.replace(pattern, (found) => byPlaceholder.get(found) ?? found),
    'latin1',
  );
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
