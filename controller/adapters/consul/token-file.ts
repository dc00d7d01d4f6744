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
      if (known?.version !== version) known = { version, token: parseToken(await readFile(path), path) };
      return known.token;
    } catch (error) {
      if (error instanceof DeniedError) throw error;
      throw new DeniedError(`the Consul token file ${path} can't be read`, { cause: error });
    }
  };
}

function parseToken(bytes: Uint8Array, path: string): string {
  const token = Buffer.from(bytes).toString('utf8').trim();
  const isToken = bytes.length <= maxTokenBytes && /^[\x21-\x7e]+$/.test(token);
  if (!isToken) throw new DeniedError(`the Consul token file ${path} does not hold one line with a token`);
  return token;
}
