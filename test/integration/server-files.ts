import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import type { DemoServer } from '../../scripts/demo/world/index.ts';

/** Nomad's own data below a server's root moves all the time, and no payload writes there. */
const movesByItself = 'var/lib/nomad';

/** Every file of a server with mode, owner, time and content: equal digests mean that nobody wrote. */
export async function digestServerFiles({ root }: DemoServer): Promise<string> {
  const names = await readdir(root, { recursive: true });
  const hash = createHash('sha256');
  for (const name of names.toSorted()) {
    if (name.startsWith(`${movesByItself}/`) || name === movesByItself) continue;
    const file = path.join(root, name);
    const found = await lstat(file);
    hash.update(JSON.stringify([name, found.mode, found.uid, found.gid, found.isFile() && found.mtimeMs]));
    if (found.isFile()) hash.update(await readFile(file));
    if (found.isSymbolicLink()) hash.update(await readlink(file));
  }
  return hash.digest('hex');
}
