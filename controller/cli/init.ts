import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../model/errors.ts';
import type { Verb } from './verb.ts';

/** The schemas that the skeleton's files name; they lie in the repository, so no more than these. */
const named: ReadonlySet<string> = new Set(['all.json', 'project.json']);

/** `drover init`: a definitions repository that validates, in Observe, with nothing in it yet. */
export const initVerb: Verb = {
  usage: 'init [dir]',
  summary: 'Write the skeleton of a definitions repository',
  examples: ['drover init fleet', 'drover init fleet --name acme --environment prod'],
  options(command) {
    command
      .option('--name <fleet>', 'name of the fleet (default: the folder)')
      .option('--environment <name>', 'the first environment', 'dev');
  },
  async run([dir], options, io) {
    const [{ skeleton }, { editorSchemas }, { kinds }, { writeSchemas }] = await Promise.all([
      import('./skeleton.ts'),
      import('../edit/editor-schema.ts'),
      import('../kinds/index.ts'),
      import('./write-schemas.ts'),
    ]);
    const directory = path.resolve(io.cwd, dir ?? '.');
    const fleet = requireName('--name', options['name'] ?? nearestName(path.basename(directory)));
    const environment = requireName('--environment', options['environment']);
    await makeFolder(directory);
    const present = (await readdir(directory)).filter((name) => name !== '.git');
    if (present.length > 0) {
      throw new UsageError(`${directory} is not empty`, {
        hint: 'drover init never overwrites; give a new folder.',
      });
    }
    for (const [name, text] of skeleton(fleet, environment)) {
      const file = path.join(directory, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
      io.out(`  ${name}\n`);
    }
    const schemas = [...editorSchemas([...kinds.values()])].filter(([name]) => named.has(name));
    await writeSchemas(path.join(directory, '.drover/schema'), new Map(schemas));
    for (const name of named) io.out(`  .drover/schema/${name}\n`);
    io.out(`\nNext: cd ${path.relative(io.cwd, directory) || '.'} && drover validate\n`);
    return 0;
  },
};

/** Parents first, one by one: below /proc a recursive `mkdir` of Node never comes back. */
async function makeFolder(directory: string): Promise<void> {
  try {
    await mkdir(directory);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const parent = path.dirname(directory);
    const isThere = code === 'EEXIST' && (await stat(directory)).isDirectory();
    if (isThere) return;
    if (code !== 'ENOENT' || parent === directory || (await isFolder(parent))) {
      throw new UsageError(`the folder ${directory} can't be made (${code})`);
    }
    await makeFolder(parent);
    await makeFolder(directory);
  }
}

function isFolder(directory: string): Promise<boolean> {
  return stat(directory).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** Also not `…-next`: that is the staging branch of another environment. */
const namePattern = /^(?!.*-next$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

function requireName(option: string, value: unknown): string {
  if (typeof value === 'string' && namePattern.test(value)) return value;
  throw new UsageError(`${option} can't be ${JSON.stringify(value)}`, {
    hint: 'A name has lower-case letters, digits and hyphens, and does not end in -next.',
  });
}

/** A folder may be called anything. */
function nearestName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replaceAll(/^-+|-+$/g, '');
  return namePattern.test(name) ? name : 'fleet';
}
