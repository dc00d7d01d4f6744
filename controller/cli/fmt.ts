import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Formatted } from '../edit/format-yaml.ts';
import type { Verb } from './verb.ts';

/** `drover fmt`: definitions as everybody writes them, comments kept. */
export const fmtVerb: Verb = {
  usage: 'fmt [dir]',
  summary: 'Format the YAML of definitions, keeping comments',
  examples: ['drover fmt', 'drover fmt --check'],
  options(command) {
    command.option('--check', 'change nothing; exit code 1 when a file is not formatted', false);
  },
  async run([dir], options, io) {
    const [{ readDefinitions }, { formatYaml }] = await Promise.all([
      import('./read-definitions.ts'),
      import('../edit/format-yaml.ts'),
    ]);
    const directory = resolve(io.cwd, dir ?? '.');
    const isCheck = options['check'] === true;
    const counts = { same: 0, changed: 0, refused: 0 };
    for (const { path, text } of await readDefinitions(directory, io.signal)) {
      const formatted = formatYaml(text);
      const outcome = outcomeOf(formatted, text);
      counts[outcome] += 1;
      if (!formatted.ok) io.err(`${path}: left as it is: ${formatted.reason}\n`);
      else if (outcome === 'changed') {
        io.out(`${path}\n`);
        if (!isCheck) await writeFile(join(directory, path), formatted.text);
      }
    }
    io.err(endWords(counts, isCheck));
    return counts.refused > 0 || (isCheck && counts.changed > 0) ? 1 : 0;
  },
};

function outcomeOf(formatted: Formatted, before: string): 'same' | 'changed' | 'refused' {
  if (!formatted.ok) return 'refused';
  return formatted.text === before ? 'same' : 'changed';
}

function endWords(
  { same, changed, refused }: { readonly same: number; readonly changed: number; readonly refused: number },
  isCheck: boolean,
): string {
  const done = `${changed} ${isCheck ? 'not formatted' : 'formatted'}`;
  const left = refused === 0 ? '' : `, ${refused} left as they are`;
  return `${same + changed + refused} files of definitions: ${done}${left}; HCL is left to nomad fmt\n`;
}
