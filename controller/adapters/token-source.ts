import { readFile, stat } from 'node:fs/promises';
import { DeniedError } from '../model/errors.ts';

export interface TokenOptions {
  readonly token?: string;
  /** Wins over `token`; read again whenever the file has changed. */
  readonly tokenFile?: string;
}

export type TokenSource = () => Promise<string | undefined>;

const maxTokenBytes = 4096;

/** Where an adapter gets its token. @throws DeniedError (from the source) when the file holds none. */
export function createTokenSource(options: TokenOptions): TokenSource {
  return options.tokenFile === undefined ? async () => options.token : createTokenFile(options.tokenFile);
}

/** The token of a file that must hold one, read again whenever it changed, so that a rotation needs no restart. */
export function createTokenFile(path: string): () => Promise<string> {
  let known: { stamp: string; token: string } | undefined;
  return async () => {
    try {
      const { mtimeMs, size, ino } = await stat(path);
      // Rotation replaces the file by a rename: the inode tells it even within one tick of the clock.
      const stamp = `${ino}:${mtimeMs}:${size}`;
      if (known?.stamp !== stamp) known = { stamp, token: await readToken(path, size) };
      return known.token;
    } catch (cause) {
      if (cause instanceof DeniedError) throw cause;
      throw new DeniedError(`the token file ${path} can't be read`, { cause });
    }
  };
}

async function readToken(path: string, sizeBytes: number): Promise<string> {
  const text = sizeBytes > maxTokenBytes ? '' : (await readFile(path, 'utf8')).trim();
  // Anything else would break the header it is sent in, and its error would show it.
  if (!/^[\x21-\x7e]+$/.test(text)) {
    throw new DeniedError(`the token file ${path} does not hold one line with a token`);
  }
  return text;
}
