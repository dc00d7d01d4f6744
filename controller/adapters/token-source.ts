import { readFile, stat } from 'node:fs/promises';
import { DeniedError } from '../model/errors.ts';

export interface TokenOptions {
  readonly token?: string;
  /** Wins over `token`; read again whenever the file has changed. */
  readonly tokenFile?: string;
}

export type TokenSource = () => Promise<string | undefined>;

/** Where an adapter gets its token. @throws DeniedError (from the source) when the file can't be read. */
export function createTokenSource(options: TokenOptions): TokenSource {
  const { tokenFile } = options;
  if (tokenFile === undefined) return async () => options.token;
  let seen: { stamp: string; token: string } | undefined;
  return async () => {
    try {
      const { mtimeMs, size, ino } = await stat(tokenFile);
      // Rotation replaces the file by a rename: the inode tells it even within one tick of the clock.
      const stamp = `${ino}:${mtimeMs}:${size}`;
      if (seen?.stamp !== stamp) {
        seen = { stamp, token: (await readFile(tokenFile, 'utf8')).trim() };
      }
      return seen.token;
    } catch (cause) {
      throw new DeniedError(`the token file ${tokenFile} can't be read`, { cause });
    }
  };
}
