import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { JsonObject } from '../model/json.ts';

/** One file each, on one line: nobody reads them, and they lie in the repository. */
export async function writeSchemas(folder: string, files: ReadonlyMap<string, JsonObject>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, schema] of files) {
    await writeFile(path.join(folder, name), `${JSON.stringify(schema)}\n`);
  }
}
