import { ConflictError, UnavailableError } from '../../controller/model/errors.ts';
import type { Secrets } from '../../controller/ports/secrets.ts';

interface Kept {
  version: number;
  values: Readonly<Record<string, string>>;
  deleted: boolean;
  notes: Readonly<Record<string, string>>;
}

export interface FakeSecrets extends Secrets {
  /** Grows by one with every write, notes included. */
  readonly writes: () => number;
  /** As a person does it: the newest version is marked, nothing is forgotten. */
  readonly softDelete: (path: string) => void;
  /** As a restore of an old snapshot does it: it never was. */
  readonly forget: (path: string) => void;
}

/** KV v2 in memory. */
export function createFakeSecrets(): FakeSecrets {
  const kept = new Map<string, Kept>();
  let writes = 0;
  const told = ({ version, deleted, notes }: Kept) => ({
    version,
    createdTime: `2026-01-01T00:00:${String(version).padStart(2, '0')}Z`,
    deleted,
    notes,
  });
  return {
    writes: () => writes,
    softDelete: (path) => {
      const secret = kept.get(path);
      if (secret !== undefined) secret.deleted = true;
    },
    forget: (path) => void kept.delete(path),
    async version(path, signal) {
      signal.throwIfAborted();
      const secret = kept.get(path);
      return secret === undefined || secret.version === 0 ? undefined : told(secret);
    },
    async read(path, version, signal) {
      signal.throwIfAborted();
      const secret = kept.get(path);
      if (secret?.version !== version || secret.deleted) throw new UnavailableError(`${path} has no values`);
      return { ...secret.values };
    },
    async write(path, { values, expectedVersion }, signal) {
      signal.throwIfAborted();
      const before = kept.get(path);
      if ((before?.version ?? 0) !== expectedVersion)
        throw new ConflictError(`${path} is at another version`);
      writes += 1;
      const secret = {
        version: expectedVersion + 1,
        values: { ...values },
        deleted: false,
        notes: before?.notes ?? {},
      };
      kept.set(path, secret);
      return told(secret);
    },
    async annotate(path, notes, signal) {
      signal.throwIfAborted();
      writes += 1;
      const before = kept.get(path) ?? { version: 0, values: {}, deleted: false, notes: {} };
      kept.set(path, { ...before, notes: { ...before.notes, ...notes } });
    },
  };
}
