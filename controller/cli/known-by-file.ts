import { stat } from 'node:fs/promises';
import { sha256Hex } from '../model/hash.ts';
import type { JobParser } from '../ports/job-parser.ts';

/** A parser known by the file of its program: large as it is, it takes as long to tell its version as to parse a job. */
export function knownByFile(parser: JobParser, binary: string): JobParser {
  return {
    ...parser,
    async identity(signal) {
      const status = await stat(binary).catch(() => undefined);
      if (status === undefined) return parser.version(signal);
      const { mtimeMs, size, ino } = status;
      return sha256Hex(JSON.stringify([binary, mtimeMs, size, ino]));
    },
  };
}
