import { ConflictError, DefectError, SourceError } from '../model/errors.ts';
import { regularMode } from '../model/git-object.ts';
import { type Json, prettyJson } from '../model/json.ts';
import type { FileTree } from '../model/tree.ts';
import type { Clock } from '../ports/clock.ts';
import type { ObjectStore, TreeEntry } from '../ports/objects.ts';
import type { RecordBranch } from '../ports/record.ts';
import type { Remote } from '../ports/remote.ts';

export interface RecordPorts {
  readonly objects: ObjectStore;
  readonly remote: Remote;
  readonly clock: Clock;
}

const recordRef = 'refs/heads/drover/record';
const recordBytes = 256 * 1024;
const attempts = 6;
const pauseMs = 100;
const freshMs = 1_000;
const pathPattern = /^(?:[a-z0-9_%-][A-Za-z0-9_%.+-]*\/)*[a-z0-9_%-][A-Za-z0-9_%.+-]*\.json$/;

interface RecordState {
  readonly head: string | null;
  readonly entries: readonly TreeEntry[];
}

/**
 * The record as a branch: each append is one commit on the newest head, and the push holds only there. A listing counts
 * as the newest for one second, so that one run of a loop asks the remote once; our own appends are in it at once.
 */
export function createRecordBranch(ports: RecordPorts): RecordBranch {
  let newest: RecordState = { head: null, entries: [] };
  let loadedAtMs = Number.NEGATIVE_INFINITY;

  async function load(signal: AbortSignal): Promise<RecordState> {
    const head = (await ports.remote.listRefs([recordRef], signal)).get(recordRef) ?? null;
    if (head !== newest.head) newest = { head, entries: await listEntries(ports, head, signal) };
    loadedAtMs = ports.clock.monotonic();
    return newest;
  }

  const current = (signal: AbortSignal): Promise<RecordState> | RecordState =>
    ports.clock.monotonic() - loadedAtMs < freshMs ? newest : load(signal);

  return {
    list: async (prefix, signal) => {
      const { entries } = await current(signal);
      return entries
        .filter((entry) => isRecord(entry) && entry.path.startsWith(prefix))
        .map(({ path }) => path);
    },
    read: async (path, signal) => {
      // Append-only: what the kept listing has is what the newest one has.
      const find = ({ entries }: RecordState) => entries.find((candidate) => candidate.path === path);
      const entry = find(newest) ?? find(await current(signal));
      return entry === undefined ? undefined : readRecord(ports.objects, entry, signal);
    },
    append: async (entries, signal) => {
      const files = encodeRecords(entries);
      // Append-only: what the kept listing has needs no look at the remote.
      if (freshFiles(files, newest).size === 0) return [];
      for (let attempt = 1; ; attempt += 1) {
        const state = await load(signal);
        const fresh = freshFiles(files, state);
        if (fresh.size === 0) return [];
        loadedAtMs = Number.NEGATIVE_INFINITY;
        if (await commitRecords(ports, { fresh, state, isLast: attempt === attempts }, signal)) {
          return [...fresh.keys()];
        }
        // Another controller wrote first: read again, and let it finish.
        await ports.clock.sleep(pauseMs * attempt, signal);
      }
    },
  };
}

async function listEntries(
  { objects, remote }: RecordPorts,
  head: string | null,
  signal: AbortSignal,
): Promise<readonly TreeEntry[]> {
  if (head === null) return [];
  await remote.fetch([recordRef], signal);
  return objects.listTree(head, signal);
}

function isRecord(entry: TreeEntry): boolean {
  return entry.mode === regularMode && entry.path.endsWith('.json');
}

async function readRecord(objects: ObjectStore, entry: TreeEntry, signal: AbortSignal): Promise<Json> {
  if (!isRecord(entry) || entry.sizeBytes > recordBytes) {
    throw new SourceError(`${entry.path} of drover/record is not a record`);
  }
  const bytes = (await objects.readBlobs([entry.id], signal)).get(entry.id);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Json;
  } catch (cause) {
    throw new SourceError(`${entry.path} of drover/record is not JSON`, { cause });
  }
}

function encodeRecords(entries: ReadonlyMap<string, Json>): FileTree {
  const files = new Map<string, Uint8Array>();
  for (const [path, value] of entries) {
    if (!pathPattern.test(path)) throw new DefectError(`'${path}' can't be the path of a record`);
    const bytes = new TextEncoder().encode(prettyJson(value));
    if (bytes.byteLength > recordBytes) throw new DefectError(`the record ${path} is too large`);
    files.set(path, bytes);
  }
  return files;
}

function freshFiles(files: FileTree, { entries }: RecordState): FileTree {
  const there = new Set(entries.map(({ path }) => path));
  return new Map([...files].filter(([path]) => !there.has(path)));
}

interface Append {
  readonly fresh: FileTree;
  readonly state: RecordState;
  readonly isLast: boolean;
}

/** False when another writer was first. */
async function commitRecords(
  { objects, remote, clock }: RecordPorts,
  { fresh, state, isLast }: Append,
  signal: AbortSignal,
): Promise<boolean> {
  const [first = ''] = fresh.keys();
  const more = fresh.size > 1 ? ` and ${fresh.size - 1} more` : '';
  const commit = await objects.writeCommit(
    {
      files: fresh,
      kept: state.entries,
      parents: state.head === null ? [] : [state.head],
      message: `record: ${first}${more}\n`,
      date: new Date(clock.now()).toISOString(),
    },
    signal,
  );
  try {
    await remote.push([{ ref: recordRef, to: commit, expected: state.head }], signal);
    return true;
  } catch (error) {
    if (!(error instanceof ConflictError) || isLast) throw error;
    return false;
  }
}
