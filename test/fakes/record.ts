import type { Json } from '../../controller/model/json.ts';
import type { RecordBranch } from '../../controller/ports/record.ts';

export interface FakeRecord extends RecordBranch {
  readonly files: Map<string, Json>;
}

/** The record branch in memory: the first record of a path stays. */
export function createFakeRecord(): FakeRecord {
  const files = new Map<string, Json>();
  return {
    files,
    list: async (prefix) => [...files.keys()].filter((path) => path.startsWith(prefix)).sort(),
    read: async (path) => files.get(path),
    append: async (entries) => {
      const fresh = [...entries].filter(([path]) => !files.has(path));
      for (const [path, value] of fresh) files.set(path, value);
      return fresh.map(([path]) => path);
    },
  };
}
