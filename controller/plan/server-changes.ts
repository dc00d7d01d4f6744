import { hasChanged, type PlannedDocument, type PlannedUnit, readServerDocument } from './server-document.ts';
import type { UnitPair } from './unit-pairs.ts';

export interface ServerChanges {
  /** Names of units that run before and after and start anew. */
  readonly restarts: readonly string[];
  /** What goes away, in words. */
  readonly takes: readonly string[];
  /** Quorum groups that the server is a member of, before or after. */
  readonly groups: readonly string[];
  readonly highlights: readonly string[];
  /** Changed files that may cut the server off, before or after. */
  readonly contact: readonly string[];
}

/** What a change of a server's folder does to it: by the same rules as the agent's, from the two trees alone. */
export function serverChanges(pair: UnitPair): ServerChanges {
  const before = readServerDocument(pair.before);
  const after = readServerDocument(pair.after);
  const changedPaths = changedFilePaths(pair, before, after);
  return {
    restarts: restartedUnits(pair, { before, after, changedPaths }),
    takes: [...stoppedUnits(before, after), ...removedFiles(before, after)],
    groups: [...new Set([...before.groups, ...after.groups])].sort(),
    highlights: [...changedPaths],
    contact: contactFiles(before, after).filter((path) => changedPaths.has(path)),
  };
}

function changedFilePaths(
  pair: UnitPair,
  before: PlannedDocument,
  after: PlannedDocument,
): ReadonlySet<string> {
  const old = new Map(before.files.map((file) => [file.path, file]));
  const now = new Map(after.files.map((file) => [file.path, file]));
  const paths = [...new Set([...old.keys(), ...now.keys()])].sort();
  return new Set(
    paths.filter((path) =>
      hasChanged({ side: pair.before, item: old.get(path) }, { side: pair.after, item: now.get(path) }),
    ),
  );
}

/** What a file was declared as counts too: taking it away cuts off as well as changing it. */
function contactFiles(before: PlannedDocument, after: PlannedDocument): readonly string[] {
  const marked = [...before.files, ...after.files].filter(({ contact }) => contact === true);
  return [...new Set(marked.map(({ path }) => path))].sort();
}

function restartedUnits(
  pair: UnitPair,
  state: { before: PlannedDocument; after: PlannedDocument; changedPaths: ReadonlySet<string> },
): readonly string[] {
  const old = new Map(state.before.units.map((unit) => [unit.name, unit]));
  const restarted = state.after.units.filter((unit) => {
    const former = old.get(unit.name);
    if (!isRunning(unit) || !isRunning(former)) return false;
    const isOwnChange = hasChanged({ side: pair.before, item: former }, { side: pair.after, item: unit });
    return isOwnChange || unit.restartOn.some((path) => state.changedPaths.has(path));
  });
  return restarted.map((unit) => unit.name).sort();
}

function isRunning(unit: PlannedUnit | undefined): boolean {
  return unit !== undefined && unit.absent !== true && unit.masked !== true && unit.state === 'Running';
}

function stoppedUnits(before: PlannedDocument, after: PlannedDocument): readonly string[] {
  const now = new Map(after.units.map((unit) => [unit.name, unit]));
  return before.units
    .filter((unit) => isRunning(unit) && !isRunning(now.get(unit.name)))
    .map((unit) => `stops unit ${unit.name}`);
}

/** A file that is no longer mentioned is removed by the agent as one that is `absent`. */
function removedFiles(before: PlannedDocument, after: PlannedDocument): readonly string[] {
  const now = new Map(after.files.map((file) => [file.path, file]));
  return before.files
    .filter((file) => file.absent !== true && isGone(now.get(file.path)))
    .map((file) => `removes file ${file.path}`);
}

function isGone(file: PlannedDocument['files'][number] | undefined): boolean {
  return file === undefined || file.absent === true;
}
