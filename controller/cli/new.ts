import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AnyKind } from '../kinds/index.ts';
import { withArticle } from '../model/article.ts';
import { UsageError } from '../model/errors.ts';
import { isLabel } from '../model/resource.ts';
import { findUpward } from './find-upward.ts';
import type { Verb } from './verb.ts';

/** `drover new`: a definition to begin with. */
export const newVerb: Verb = {
  usage: 'new <kind> [name]',
  summary: 'Print a definition to begin with, every field explained',
  examples: ['drover new Server web-1', 'drover new Application shop/web --out teams/shop/web.yaml'],
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
    const text = kindSkeleton(kind, await readExample(kind.name), calledBy(name, kind));
    const out = options['out'] as string | undefined;
    if (out === undefined) io.out(text);
    else await writeNew(path.resolve(io.cwd, out), text, io.signal);
    return 0;
  },
};

/** `web`, or `shop/web` where the kind lives in a namespace. @throws UsageError for what can be no name. */
function calledBy(text: string | undefined, kind: AnyKind): { name?: string; namespace?: string } {
  if (text === undefined) return {};
  const parts = text.split('/');
  const [name = '', namespace] = parts.toReversed();
  if (parts.length > (kind.namespaced ? 2 : 1) || !parts.every(isLabel)) {
    const form = kind.namespaced
      ? 'NAME or NAMESPACE/NAME'
      : `NAME: ${withArticle(kind.name)} lives in no namespace`;
    throw new UsageError(`${withArticle(kind.name)} can't be called ${text}`, {
      hint: `Write ${form}; lower-case letters, digits and dashes.`,
    });
  }
  return { name, ...(namespace === undefined ? {} : { namespace }) };
}

const schema = '.drover/schema/all.json';
const mostFolders = 16;

async function writeNew(file: string, text: string, signal: AbortSignal): Promise<void> {
  const content = `${await schemaLine(path.dirname(file))}${text}`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content, { flag: 'wx', signal });
  } catch (error) {
    signal.throwIfAborted();
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') {
      throw new UsageError(`${file} exists already`, { hint: 'Nothing is ever overwritten.' });
    }
    throw new UsageError(`${file} can't be written: ${code}`, { cause: error });
  }
}

/** The comment that editors read, where a folder above has the schemas. */
async function schemaLine(folder: string): Promise<string> {
  const root = await findUpward(folder, schema, mostFolders);
  if (root === undefined) return '';
  return `# yaml-language-server: $schema=${path.relative(folder, path.join(root, schema))}\n`;
}
