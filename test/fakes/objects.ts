import { encodeCommit, type Identity, parseCommit } from '../../controller/adapters/git/commit-text.ts';
import { SourceError } from '../../controller/model/errors.ts';
import {
  droverIdentity,
  type GitObject,
  gitObject,
  gitTrees,
  regularMode,
} from '../../controller/model/git-object.ts';
import type { Commit, ObjectStore, TreeEntry } from '../../controller/ports/objects.ts';

interface FakeDatabase {
  readonly objects: Map<string, GitObject>;
  /** Each root tree's files, as `listTree` gives them. */
  readonly listings: Map<string, readonly TreeEntry[]>;
}

export interface FakeObjects extends ObjectStore {
  /** The same database, written by somebody else: for foreign commits. */
  as(identity: Identity): FakeObjects;
  /** A tree of exactly these entries, however hostile; its id is made up. */
  plantTree(entries: readonly TreeEntry[]): string;
  has(id: string): boolean;
}

/** A git object database in memory, with git's own ids. */
export function createFakeObjects(
  identity: Identity = droverIdentity,
  database: FakeDatabase = { objects: new Map(), listings: new Map() },
): FakeObjects {
  const { objects, listings } = database;
  const object = (id: string) => {
    const found = objects.get(id);
    if (found === undefined) throw new SourceError(`object ${id} is not in the repository`);
    return found;
  };
  const commit = (id: string): Commit => {
    const { type, body } = object(id);
    if (type !== 'commit') throw new SourceError(`${id} is a ${type}, not a commit`);
    return parseCommit(id, body);
  };
  const reachable = (id: string): Map<string, Commit> => {
    const found = new Map<string, Commit>();
    const open = [id];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (found.has(next)) continue;
      const here = commit(next);
      found.set(next, here);
      open.push(...here.parents);
    }
    return found;
  };

  return {
    readCommit: async (id) => commit(id),
    listTree: async (id) => {
      const root = objects.get(id)?.type === 'commit' ? commit(id).tree : id;
      const listing = listings.get(root);
      if (listing === undefined) throw new SourceError(`tree ${id} can't be read`);
      return listing;
    },
    readBlobs: async (ids) => new Map(ids.map((id) => [id, object(id).body])),
    writeCommit: async (request) => {
      const written = [...request.files].map(([path, bytes]): TreeEntry => {
        const blob = gitObject('blob', Uint8Array.from(bytes));
        objects.set(blob.id, blob);
        return { path, mode: regularMode, id: blob.id, sizeBytes: bytes.byteLength };
      });
      const kept = (request.kept ?? []).filter(({ path }) => !request.files.has(path));
      const entries = [...kept, ...written].sort((a, b) =>
        Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)),
      );
      const { rootId, trees } = gitTrees(entries);
      for (const tree of trees) objects.set(tree.id, tree);
      listings.set(rootId, entries);
      const made = gitObject('commit', encodeCommit({ ...request, tree: rootId }, identity));
      objects.set(made.id, made);
      return made.id;
    },
    countReachable: async (id) => reachable(id).size,
    isAncestor: async (ancestor, descendant) => {
      commit(ancestor);
      return reachable(descendant).has(ancestor);
    },
    listCommits: async ({ from, to, limit }) => {
      const old = from === undefined ? new Map() : reachable(from);
      const found = [...reachable(to).values()].filter(({ id }) => !old.has(id));
      return sortNewestFirst(found, reachable).slice(0, limit);
    },
    as: (other) => createFakeObjects(other, database),
    plantTree: (entries) => {
      const { id } = gitObject('tree', Buffer.from(JSON.stringify(entries)));
      listings.set(id, entries);
      return id;
    },
    has: (id) => objects.has(id),
  };
}

/** Children before parents, else by time. */
function sortNewestFirst(
  commits: Commit[],
  reachable: (id: string) => ReadonlyMap<string, Commit>,
): readonly Commit[] {
  const size = new Map(commits.map(({ id }) => [id, reachable(id).size]));
  return commits.sort(
    (a, b) => Date.parse(b.date) - Date.parse(a.date) || (size.get(b.id) ?? 0) - (size.get(a.id) ?? 0),
  );
}
