import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../model/errors.ts';
import type { Verb } from './verb.ts';

/** `drover new`: a definition to begin with. */
export const newVerb: Verb = {
  usage: 'new <kind> [name]',
  summary: 'Print a definition to begin with, every field explained',
  examples: ['drover new Server web-1', 'drover new NomadJob web --out teams/shop/web.yaml'],
  options(command) {
    command.option('--out <file>', 'a new file instead of stdout');
  },
  async run([word, name], options, io) {
    const [{ kindSkeleton }, { requireKind }, { readExample }] = await Promise.all([
      import('../edit/kind-skeleton.ts'),
      import('./require-kind.ts'),
      import('./read-example.ts'),
    ]);
    const kind = requireKind(word ?? '');
    const text = kindSkeleton(kind, await readExample(kind.name), name);
    const out = options['out'] as string | undefined;
    if (out === undefined) io.out(text);
    else await writeNew(path.resolve(io.cwd, out), text);
    return 0;
  },
};

async function writeNew(file: string, text: string): Promise<void> {
  await writeFile(file, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
    throw new UsageError(`${file} exists already`, { hint: 'Nothing is ever overwritten.' });
  });
}
