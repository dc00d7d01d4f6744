import type { Memo } from '../../ports/memo.ts';

/** A memo that lives as long as the process; the oldest entry goes when it is full. */
export function createMemoryMemo(maxEntries = 10_000): Memo {
  const entries = new Map<string, Uint8Array>();
  return {
    async get(key) {
      return entries.get(key);
    },
    async put(key, value) {
      const oldest = entries.keys().next();
      if (entries.size >= maxEntries && !oldest.done) entries.delete(oldest.value);
      entries.set(key, value);
    },
  };
}
