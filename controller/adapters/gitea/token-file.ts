import { readFile, stat } from 'node:fs/promises';
import { DeniedError } from '../../model/errors.ts';

const maxTokenBytes = 4096;

/** Gives the token of a file, read again whenever the file changed, so that a rotation needs no restart. */
export function createTokenFile(path: string): () => Promise<string> {
  let known: { version: string; token: string } | undefined;
  return async () => {
    try {
      const { mtimeMs, size, ino } = await stat(path);
      const version = `${ino}.${mtimeMs}.${size}`;
      if (known?.version !== version) known = { version, token: await readToken(path, size) };
      return known.token;
    } catch (error) {
      if (error instanceof DeniedError) throw error;
      throw new DeniedError(`the forge token file ${path} can't be read`, { cause: error });
    }
  };
}

async function readToken(path: string, sizeBytes: number): Promise<string> {
  const text = sizeBytes > maxTokenBytes ? '' : (await readFile(path, 'utf8')).trim();
  if (!/^[\x21-\x7e]+$/.test(text)) {
    throw new DeniedError(`the forge token file ${path} does not hold one line with a token`);
  }
  return text;
}
