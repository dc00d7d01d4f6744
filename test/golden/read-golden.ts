import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The golden tree of that name: relative path to text. Its files are the rendered files themselves. */
export async function readGolden(name: string): Promise<Readonly<Record<string, string>>> {
  const root = goldenFolder(name);
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path, await readFile(join(root, path), 'utf8')])),
  );
}

export function goldenFolder(name: string): string {
  return join(import.meta.dirname, name);
}
