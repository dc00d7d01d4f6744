import { DefectError, SourceError, UnavailableError } from '../../model/errors.ts';
import { droverIdentity, type GitObject, gitObject, gitTrees, regularMode } from '../../model/git-object.ts';
import type { Commit, CommitRequest, ObjectStore, TreeEntry } from '../../ports/objects.ts';
import { encodeCommit, type Identity, parseCommit } from './commit-text.ts';
import { type GitResult, runGit } from './git-process.ts';
import { isObjectId } from './git-url.ts';
import { missingObjects, readObjects } from './object-batch.ts';
import { encodePack } from './pack.ts';
import { createRepository } from './repository.ts';
import { parseTreeListing } from './tree-listing.ts';

export interface GitObjectsOptions {
  /** The bare repository; created when missing. */
  readonly directory: string;
  /** Author and committer of what is written. Default: `Drover <drover@localhost>`. */
  readonly identity?: Identity;
}

/** As git's own `fetch.unpackLimit`: fewer become loose objects, more stay one pack. */
const unpackLimit = 100;

type Run = (args: readonly string[], signal: AbortSignal, input?: Uint8Array) => Promise<GitResult>;

/**
 * A bare repository on disk through git's plumbing: one child process an operation, no checkout, no index. `close`
 * ends what still runs.
 */
export function createGitObjects(options: GitObjectsOptions): ObjectStore & { close(): Promise<void> } {
  const { directory, identity = droverIdentity } = options;
  const repository = createRepository(directory);
  const closing = new AbortController();
  const enter = async (signal: AbortSignal) => {
    const either = AbortSignal.any([signal, closing.signal]);
    await repository.ensure(either);
    return either;
  };
  const run: Run = async (args, signal, input) =>
    runGit(input === undefined ? { directory, args } : { directory, args, input }, await enter(signal));
  const readCommits = async (ids: readonly string[], signal: AbortSignal) => {
    const objects = await readObjects(directory, ids.map(objectId), await enter(signal));
    return objects.map(commitOf);
  };

  return {
    readCommit: async (id, signal) => (await readCommits([id], signal))[0] as Commit,
    listTree: (id, signal) => listTree(run, id, signal),
    readBlobs: async (ids, signal) => {
      const unique = [...new Set(ids)].map(objectId);
      const objects = await readObjects(directory, unique, await enter(signal));
      return new Map(objects.map(({ id, body }) => [id, body]));
    },
    writeCommit: async (request, signal) => {
      const { id, objects } = commitObjects(request, identity);
      const missing = await missingObjects(
        directory,
        objects.map((object) => object.id),
        await enter(signal),
      );
      await store(run, objects, missing, signal);
      return id;
    },
    countReachable: (id, signal) => countReachable(run, id, signal),
    isAncestor: (ancestor, descendant, signal) => isAncestor(run, [ancestor, descendant], signal),
    listCommits: async ({ from, to, limit }, signal) => {
      const range = from === undefined ? [objectId(to)] : [objectId(to), `^${objectId(from)}`];
      const args = ['rev-list', '--date-order', `--max-count=${Math.trunc(limit)}`, ...range];
      const ids = succeed(await run(args, signal), `commits up to ${to}`).split('\n');
      return readCommits(ids.filter(isObjectId), signal);
    },
    close: async () => closing.abort(new UnavailableError('the object store was closed')),
  };
}

function objectId(text: string): string {
  if (!isObjectId(text)) throw new DefectError(`'${text.slice(0, 80)}' is not an object id`);
  return text;
}

function succeed(result: GitResult, what: string): string {
  if (result.exitCode !== 0) throw new SourceError(`${what} can't be read: ${result.stderr.trim()}`);
  return result.stdout.toString();
}

function commitOf(object: { id: string; type: string; body: Buffer }): Commit {
  if (object.type !== 'commit') throw new SourceError(`${object.id} is a ${object.type}, not a commit`);
  return parseCommit(object.id, object.body);
}

async function listTree(run: Run, id: string, signal: AbortSignal): Promise<readonly TreeEntry[]> {
  const result = await run(['ls-tree', '-r', '-z', '-l', '--full-tree', objectId(id)], signal);
  succeed(result, `tree ${id}`);
  return parseTreeListing(result.stdout);
}

function commitObjects(request: CommitRequest, identity: Identity): { id: string; objects: GitObject[] } {
  const blobs = [...request.files].map(([path, bytes]) => ({ path, blob: gitObject('blob', bytes) }));
  const kept = (request.kept ?? []).filter(({ path }) => !request.files.has(path));
  const written = blobs.map(({ path, blob }) => ({ path, mode: regularMode, id: blob.id }));
  const { rootId, trees } = gitTrees([...kept, ...written]);
  const parents = request.parents.map(objectId);
  const commit = gitObject('commit', encodeCommit({ ...request, parents, tree: rootId }, identity));
  return { id: commit.id, objects: [...blobs.map(({ blob }) => blob), ...trees, commit] };
}

async function store(
  run: Run,
  objects: readonly GitObject[],
  missing: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<void> {
  const fresh = new Map(objects.filter(({ id }) => missing.has(id)).map((object) => [object.id, object]));
  if (fresh.size === 0) return;
  const isBulk = fresh.size > unpackLimit;
  const args = isBulk ? ['index-pack', '--stdin'] : ['unpack-objects', '-q'];
  const result = await run(args, signal, encodePack([...fresh.values()]));
  if (result.exitCode !== 0)
    throw new UnavailableError(`the commit can't be written: ${result.stderr.trim()}`);
}

/** A shallow repository counts short, and the count is what orders payloads. */
async function countReachable(run: Run, id: string, signal: AbortSignal): Promise<number> {
  const shallow = succeed(await run(['rev-parse', '--is-shallow-repository'], signal), 'the repository');
  if (shallow.trim() !== 'false') {
    throw new SourceError("the repository is shallow: its commits can't be counted", {
      hint: "Delete the clone in the controller's data directory; it is fetched again in full.",
    });
  }
  return Number(succeed(await run(['rev-list', '--count', objectId(id)], signal), `history of ${id}`));
}

async function isAncestor(run: Run, pair: readonly [string, string], signal: AbortSignal): Promise<boolean> {
  const result = await run(['merge-base', '--is-ancestor', ...pair.map(objectId)], signal);
  if (result.exitCode > 1 || result.exitCode < 0) succeed(result, `history of ${pair[1]}`);
  return result.exitCode === 0;
}
