import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { kebabName } from '../../controller/kinds/kebab-name.ts';

/** The example of a kind, as text. */
export async function exampleOf(kind: string): Promise<string> {
  const folder = join(import.meta.dirname, '../../controller/kinds', kebabName(kind));
  return readFile(join(folder, 'example.yaml'), 'utf8');
}
