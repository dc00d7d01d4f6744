import { type Form, sentence } from './form.ts';

interface Reader {
  readonly lines: readonly string[];
  at: number;
  depth: number;
}

/** Nomad's own are five deep: more is a text of the job that looks like a list. */
const maxDepth = 20;

/**
 * Errors are lists inside lists without any indentation: each says how many items follow. `Task group web validation failed: 2
 * errors occurred:` is a list's name; a name of nothing but the number adds nothing.
 */
function readItems(reader: Reader, count: number, around: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (let item = 0; item < count; item++) {
    const text = nextItem(reader);
    if (text === undefined) break;
    const list = /^(.*?):? ?(\d+) errors? occurred:$/.exec(text);
    if (list === null || reader.depth > maxDepth) {
      found.push([...around, text].join(': '));
      continue;
    }
    const [, heading = '', inside] = list;
    const name = heading.replace(/ validation failed$/, '');
    reader.depth++;
    found.push(...readItems(reader, Number(inside), name === '' ? around : [...around, name]));
    reader.depth--;
  }
  return found;
}

/** `* text`, with the lines behind it that begin no other. */
function nextItem(reader: Reader): string | undefined {
  while (reader.at < reader.lines.length && !isItem(reader.lines[reader.at])) reader.at++;
  const first = reader.lines[reader.at];
  if (first === undefined) return undefined;
  const parts = [first.replace(/^\s*\* /, '')];
  for (reader.at++; reader.at < reader.lines.length; reader.at++) {
    const line = reader.lines[reader.at];
    if (isItem(line) || line?.trim() === '') break;
    parts.push(line ?? '');
  }
  return sentence(parts.join(' '));
}

function isItem(line: string | undefined): boolean {
  return line !== undefined && /^\s*\* /.test(line);
}

/** `nomad job validate` of the API's JSON. It asks an agent about drivers where there is one: here there is never any. */
export const nomadJobForm: Form = {
  program: 'nomad',
  versionArgs: ['version'],
  args: ([entry = ''], root) => [
    'job',
    'validate',
    '-no-color',
    `-address=unix://${root}/no-agent.sock`,
    '-json',
    entry,
  ],
  confine: (files) => files,
  problems(output) {
    const unread = /Failed to parse JSON job: (.*)/.exec(output)?.[1];
    if (unread !== undefined) return [{ message: sentence(unread) }];
    const said = output.split('Job validation errors:')[1]?.trim();
    if (said === undefined) return [];
    const [heading = '', ...lines] = said.split('\n');
    const count = /^(\d+) errors? occurred:$/.exec(heading)?.[1];
    if (count === undefined) return [{ message: sentence(said) }];
    const items = readItems({ lines, at: 0, depth: 0 }, Number(count), []);
    return items.map((message) => ({ message: sentence(message) }));
  },
};
