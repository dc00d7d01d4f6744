import path from 'node:path';
import { isThere } from './is-there.ts';

/** The nearest of so many folders, from this one upward, that holds something at a relative path; `undefined` where none does. */
export async function findUpward(
  folder: string,
  wanted: string,
  mostFolders: number,
): Promise<string | undefined> {
  for (let root = folder, up = 0; up < mostFolders; root = path.dirname(root), up += 1) {
    if (await isThere(path.join(root, wanted))) return root;
    if (path.dirname(root) === root) return undefined;
  }
  return undefined;
}
