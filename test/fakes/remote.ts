import { ConflictError, SourceError } from '../../controller/model/errors.ts';
import type { RefUpdate, Remote } from '../../controller/ports/remote.ts';

export interface FakeRemote extends Remote {
  /** What the server has; somebody else's push is a `set` here. */
  readonly refs: Map<string, string>;
  /** Every push that moved something, in order. */
  readonly pushes: readonly (readonly RefUpdate[])[];
  /** Runs before each push: a race, or an outage by throwing. */
  onPush: (updates: readonly RefUpdate[]) => void;
}

/** A remote in memory whose object database is the local one. */
export function createFakeRemote(refs = new Map<string, string>()): FakeRemote {
  const pushes: (readonly RefUpdate[])[] = [];
  const remote: FakeRemote = {
    refs,
    pushes,
    onPush: () => undefined,
    listRefs: async (prefixes) => {
      const isAsked = (name: string) =>
        prefixes.some((prefix) => (prefix.endsWith('/') ? name.startsWith(prefix) : name === prefix));
      return new Map([...refs].filter(([name]) => isAsked(name)));
    },
    fetch: async (names) => {
      for (const name of names) {
        if (!refs.has(name)) throw new SourceError(`the remote has no ${name}`);
      }
    },
    push: async (updates) => {
      if (updates.length === 0) return;
      remote.onPush(updates);
      if (updates.every(({ ref, to }) => (refs.get(ref) ?? null) === to)) return;
      for (const { ref, expected } of updates) {
        if ((refs.get(ref) ?? null) !== expected) {
          throw new ConflictError(`${ref} is ${refs.get(ref) ?? 'absent'}, expected ${expected ?? 'absent'}`);
        }
      }
      for (const { ref, to } of updates) {
        if (to === null) refs.delete(ref);
        else refs.set(ref, to);
      }
      pushes.push(updates);
    },
  };
  return remote;
}
