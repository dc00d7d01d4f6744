import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { Command } from 'commander';
import { verbs } from '../../controller/cli/verbs.ts';
import { codeSpansOf, commandLinesOf, readPages, root } from './markdown.ts';

const pages = await readPages();

/** Verbs that a page may name though the command line has none yet: the format or the schema keeps a place for them. */
const reserved: Readonly<Record<string, readonly string[]>> = {
  'docs/kinds/project.md': ['recover'],
  'docs/payload.md': ['recover', 'retry'],
};

interface KnownVerb {
  readonly flags: readonly string[];
  readonly mostArguments: number;
}

const known: ReadonlyMap<string, KnownVerb> = new Map(
  verbs.map((verb) => {
    const command = new Command(verb.usage);
    verb.options(command);
    const [name = '', ...args] = verb.usage.split(' ');
    const flags = command.options.flatMap(({ long }) => (long ? [long] : []));
    return [name, { flags: [...flags, '--help'], mostArguments: args.length }];
  }),
);

interface Mention {
  readonly page: string;
  readonly verb: string;
  readonly flags: readonly string[];
  readonly line: string;
}

/** `drover VERB …` in commands and in code within the text. `drover confirm` is a comment on the forge, no command. */
function mentionsOf(page: string, text: string): readonly Mention[] {
  const lines = [...commandLinesOf(text), ...codeSpansOf(text)].flatMap((line) =>
    line.split(/\s(?:&&|\|)\s/),
  );
  return lines.flatMap((line) => {
    const [, verb] = /^(?:scripts\/|\/usr\/local\/bin\/)?drover ([a-z]+)\b/.exec(line.trim()) ?? [];
    if (verb === undefined || verb === 'confirm') return [];
    const flags = [...line.matchAll(/\s(--[a-z][a-z-]*)/g)].map(([, flag = '']) => flag);
    return [{ page, verb, flags, line }];
  });
}

function problemsOf({ page, verb, flags, line }: Mention): readonly string[] {
  const found = known.get(verb);
  if (found === undefined) {
    return (reserved[page] ?? []).includes(verb) ? [] : [`${page}: there is no verb in “${line}”`];
  }
  return flags
    .filter((flag) => !found.flags.includes(flag))
    .map((flag) => `${page}: ${verb} has no ${flag} in “${line}”`);
}

test('every drover command that a page names exists, with its flags', (t) => {
  const mentions = [...pages].flatMap(([page, text]) => mentionsOf(page, text));
  t.deepEqual(mentions.flatMap(problemsOf), []);
  t.deepEqual(
    [...new Set(mentions.map(({ verb }) => verb))].filter((verb) => known.has(verb)).toSorted(),
    [...known.keys()].toSorted(),
  );
});

test('a planted verb and a planted flag are found', (t) => {
  const planted = 'Run `drover destroy prod`.\n\n    drover plan --environment prod --forever\n';
  t.is(mentionsOf('docs/planted.md', planted).flatMap(problemsOf).length, 2);
});

test('no reserved verb has become a real one, or is named no more', (t) => {
  for (const [page, names] of Object.entries(reserved)) {
    const mentioned = mentionsOf(page, pages.get(page) ?? '').map(({ verb }) => verb);
    for (const name of names) t.true(mentioned.includes(name) && !known.has(name), `${page}: ${name}`);
  }
});

test('the examples of every verb name its own flags', (t) => {
  const lines = verbs.flatMap(({ examples }) => examples.map((line) => `    ${line}\n`)).join('');
  t.deepEqual(mentionsOf('--help', lines).flatMap(problemsOf), []);
});

test('every npm script that a page names exists, and the flags of the demo do', async (t) => {
  const { scripts } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const demo = await readFile(path.join(root, 'scripts/demo/main.ts'), 'utf8');
  const lines = [...pages].flatMap(([page, text]) =>
    [...commandLinesOf(text), ...codeSpansOf(text)].map((line) => ({ page, line })),
  );
  for (const { page, line } of lines) {
    for (const [, name = ''] of line.matchAll(/\bnpm run (?:-s )?([a-z:]+)/g)) {
      t.true(Object.hasOwn(scripts, name), `${page}: npm run ${name}`);
    }
    for (const [, flag = ''] of line.matchAll(/^npm run demo -- --([a-z]+)/g)) {
      t.true(demo.includes(`${flag}: { type: 'boolean'`), `${page}: --${flag}`);
    }
  }
});
