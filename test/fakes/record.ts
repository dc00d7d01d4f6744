import { ConflictError } from '../../controller/model/errors.ts';
import { canonicalJson, type Json } from '../../controller/model/json.ts';
import type { RecordBranch } from '../../controller/ports/record.ts';

export interface FakeRecord extends RecordBranch {
  readonly files: Map<string, Json>;
}

/** The record branch in memory: append-only, same content twice is nothing. */
export function createFakeRecord(): FakeRecord {
  const files = new Map<string, Json>();
  return {
    files,
    list: async (prefix) => [...files.keys()].filter((path) => path.startsWith(prefix)).sort(),
    read: async (path) => files.get(path),
    append: async (entries) => {
      for (const [path, value] of entries) {
        const former = files.get(path);
        if (former !== undefined && canonicalJson(former) !== canonicalJson(value)) {
          throw new ConflictError(`${path} is on the record already, with other content`, { retry: 'never' });
        }
      }
      for (const [path, value] of entries) files.set(path, value);
    },
  };
}
