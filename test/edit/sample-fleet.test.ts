import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { Compile } from 'typebox/schema';
import { parseAllDocuments } from 'yaml';
import { editorSchemas } from '../../controller/edit/editor-schema.ts';
import { formatYaml } from '../../controller/edit/format-yaml.ts';
import { kinds } from '../../controller/kinds/index.ts';

const folder = join(import.meta.dirname, '../../manifests/examples/acme');
const schema = editorSchemas([...kinds.values()]).get('all.json') ?? {};

async function sampleFiles(): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(folder, { recursive: true });
  const yaml = names.filter((name) => name.endsWith('.yaml'));
  const texts = await Promise.all(yaml.map((name) => readFile(join(folder, name), 'utf8')));
  const files = yaml.map((name, index): [string, string] => [name, texts[index] ?? '']);
  return new Map(files.filter(([, text]) => text.includes('apiVersion: drover.dev/')));
}

test('every definition of the sample fleet is valid in an editor, patches and expressions among them', async (t) => {
  const check = Compile(schema);
  const files = await sampleFiles();
  t.true(files.size >= 8);
  for (const [name, text] of files) {
    for (const document of parseAllDocuments(text)) {
      const value: unknown = document.toJSON();
      t.deepEqual(check.Errors(value)[1], [], name);
    }
  }
});

test('every file of the sample fleet can be formatted, and stays so', async (t) => {
  for (const [name, text] of await sampleFiles()) {
    const once = formatYaml(text);
    t.true(once.ok, name);
    if (once.ok) t.deepEqual(formatYaml(once.text), once, name);
  }
});
