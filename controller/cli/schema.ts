import path from 'node:path';
import type { Verb } from './verb.ts';

/** `drover schema`: what editors with the YAML language server complete and check by. */
export const schemaVerb: Verb = {
  usage: 'schema [kind]',
  summary: 'Write JSON schemas for editors',
  examples: ['drover schema', 'drover schema --out .drover/schema', 'drover schema Server'],
  options(command) {
    command.option('--out <folder>', 'where they are written (default: .drover/schema; of one kind: stdout)');
  },
  async run([word], options, io) {
    const [{ editorSchemas }, { kinds }, { requireKind }, { writeSchemas }] = await Promise.all([
      import('../edit/editor-schema.ts'),
      import('../kinds/index.ts'),
      import('./require-kind.ts'),
      import('./write-schemas.ts'),
    ]);
    const out = options['out'] as string | undefined;
    const all = [...kinds.values()];
    if (word === undefined) {
      const files = editorSchemas(all);
      const folder = path.resolve(io.cwd, out ?? '.drover/schema');
      await writeSchemas(folder, files);
      io.out(`${files.size} schemas written to ${path.relative(io.cwd, folder) || '.'}\n`);
      return 0;
    }
    const kind = requireKind(word);
    const own = new Map([...editorSchemas([kind])].filter(([name]) => name !== 'all.json'));
    if (out === undefined) for (const schema of own.values()) io.out(`${JSON.stringify(schema, null, 2)}\n`);
    else await writeSchemas(path.resolve(io.cwd, out), own);
    return 0;
  },
};
