import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { isYaml } from '../compile/folder-path.ts';
import { mayBeOurs } from '../compile/read-file.ts';
import { kinds } from '../kinds/index.ts';
import { UsageError } from '../model/errors.ts';

const mostFiles = 50_000;

/** YAML files with definitions below any folder, by path; hidden folders, links and other programs' YAML are passed over. */
export async function readDefinitions(
  directory: string,
  signal: AbortSignal,
): Promise<readonly { readonly path: string; readonly text: string }[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && isYaml(entry.name))
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)))
    .filter((name) => !/(?:^|\/)(?:\.|node_modules\/)/.test(name))
    .toSorted();
  if (names.length > mostFiles) throw new UsageError(`${directory} has more than ${mostFiles} YAML files`);
  const files: { path: string; text: string }[] = [];
  for (const name of names) {
    signal.throwIfAborted();
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
      await readFile(path.join(directory, name)),
    );
    if (mayBeOurs(text, kinds)) files.push({ path: name, text });
  }
  return files;
}
