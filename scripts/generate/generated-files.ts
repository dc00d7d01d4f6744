import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { kinds } from '../../controller/kinds/index.ts';
import { customResourceDefinition, definitionText } from './custom-resource-definition.ts';
import { diagnosticsFile, diagnosticsPage } from './diagnostics.ts';
import { kebabName } from './kind-names.ts';
import { kindPage, kindsPage } from './kind-page.ts';

export const repositoryRoot = join(import.meta.dirname, '../..');

/** What is generated from the kinds and the codes of findings, as it ought to be: path from the root of the repository to text. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const all = [...kinds.values()];
  const files = new Map<string, string>();
  for (const kind of all) {
    const name = kebabName(kind.name);
    const example = await readFile(join(repositoryRoot, 'controller/kinds', name, 'example.yaml'), 'utf8');
    files.set(`crds/${name}.yaml`, definitionText(customResourceDefinition(kind)));
    files.set(`docs/kinds/${name}.md`, kindPage(kind, example));
  }
  const list = all.map((kind) => ({
    name: kind.name,
    file: `${kebabName(kind.name)}.md`,
    text: (kind.schema as { description?: string }).description ?? '',
  }));
  files.set('docs/kinds/README.md', kindsPage(list));
  files.set(diagnosticsFile, diagnosticsPage());
  return files;
}
