import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { kebabName } from '../kinds/kebab-name.ts';
import { DefectError } from '../model/errors.ts';

/** The example of a kind: beside its schema, or in an installed program beside the bundle. */
export async function readExample(kind: string): Promise<string> {
  const name = kebabName(kind);
  const files = [
    join(import.meta.dirname, '../kinds', name, 'example.yaml'),
    join(import.meta.dirname, 'examples', `${name}.yaml`),
  ];
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text !== undefined) return text;
  }
  throw new DefectError(`the example of ${kind} is not part of this installation`);
}
