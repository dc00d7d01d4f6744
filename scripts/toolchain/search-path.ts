import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';

/** The executables of that name, in the order of `PATH`. */
export async function searchPath(name: string, searched: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const folder of new Set(searched.split(path.delimiter).filter((entry) => path.isAbsolute(entry)))) {
    const candidate = path.join(folder, name);
    const isThere = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) found.push(candidate);
  }
  return found;
}
