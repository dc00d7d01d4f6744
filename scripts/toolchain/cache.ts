import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from '../../controller/cache-folder.ts';
import { commonFlags, type ToolSpec } from './tools.ts';

const entryFile = 'entry.json';

export interface CacheEntry {
  readonly binary: string;
  /** The folder with the module's assets, for tools that have some. */
  readonly home: string | undefined;
}

/** Beside the program's own cache, outside every checkout, so that a second clone builds nothing. */
export function cacheRoot(env: Readonly<Record<string, string | undefined>>, home: string): string {
  return path.join(cacheFolder(env, home), 'toolchain');
}

/** Moves with everything that decides on the bytes of the binary. */
export function cacheKey(spec: ToolSpec, goMod: string, goSum: string): string {
  const hash = createHash('sha256');
  const lists = [commonFlags, spec.buildFlags, spec.assets].map((list) => list.join('\n'));
  for (const part of [goMod, goSum, spec.package, ...lists]) {
    hash.update(`${Buffer.byteLength(part)}:`).update(part);
  }
  return `${spec.name}-${spec.version}-${hash.digest('hex').slice(0, 12)}`;
}

function locate(spec: ToolSpec, folder: string): CacheEntry {
  return { binary: path.join(folder, spec.name), home: spec.assets.length > 0 ? folder : undefined };
}

/** The entry when it is whole: as long as on the day it was made, with its assets. */
export async function readEntry(spec: ToolSpec, folder: string): Promise<CacheEntry | undefined> {
  try {
    const noted: unknown = JSON.parse(await readFile(path.join(folder, entryFile), 'utf8'));
    const { size } = await stat(path.join(folder, spec.name));
    if (typeof noted !== 'object' || noted === null || !('sizeBytes' in noted) || noted.sizeBytes !== size) {
      return undefined;
    }
    for (const asset of spec.assets) await stat(path.join(folder, asset));
    return locate(spec, folder);
  } catch {
    return undefined;
  }
}

/** Makes a finished folder (binary and assets) the entry, in one rename. A broken former one is removed first. */
export async function publishEntry(spec: ToolSpec, made: string, folder: string): Promise<CacheEntry> {
  const { size } = await stat(path.join(made, spec.name));
  const noted = { name: spec.name, version: spec.version, sizeBytes: size };
  await writeFile(path.join(made, entryFile), `${JSON.stringify(noted, null, 2)}\n`);
  await mkdir(path.dirname(folder), { recursive: true });
  await rm(folder, { recursive: true, force: true });
  await rename(made, folder);
  return locate(spec, folder);
}
