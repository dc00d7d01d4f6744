import { stat } from 'node:fs/promises';
import { sha256Hex } from '../model/hash.ts';
import type { JobParser } from '../ports/job-parser.ts';
import type { Memo } from '../ports/memo.ts';

/** A parser whose program is asked for its version once, until the file of the program changes: it is large, and slow to start. */
export function rememberVersion(parser: JobParser, binary: string, memo: Memo): JobParser {
  return {
    ...parser,
    async version(signal) {
      const status = await stat(binary).catch(() => undefined);
      if (status === undefined) return parser.version(signal);
      const key = sha256Hex(
        JSON.stringify(['parser version', binary, status.mtimeMs, status.size, status.ino]),
      );
      const known = await memo.get(key, signal);
      if (known !== undefined && known.length > 0) return new TextDecoder().decode(known);
      const version = await parser.version(signal);
      await memo.put(key, new TextEncoder().encode(version), signal);
      return version;
    },
  };
}
