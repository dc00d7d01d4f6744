import { fieldForWord } from '../compile/other-words.ts';
import type { AnyKind } from '../kinds/index.ts';
import { didYouMean } from '../model/nearest.ts';
import { type FieldRow, fieldRows } from './field-rows.ts';

export type Explained =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: string; readonly hint: string | undefined };

const longestSummary = 100;

/** All fields of a kind; a field of several forms once, with what is said of each. */
export function fieldsOfKind(kind: AnyKind): readonly FieldRow[] {
  return [...Map.groupBy(fieldRows(kind.schema), ({ path }) => path).values()].flatMap((rows) => {
    const told = rows.filter(({ type }) => type !== 'never');
    const [first] = told;
    if (first === undefined) return [];
    const join = (texts: readonly string[]) => [...new Set(texts.filter((text) => text !== ''))].join(' or ');
    return [
      {
        ...first,
        type: join(told.map(({ type }) => type)),
        isRequired: told.length === rows.length && told.every(({ isRequired }) => isRequired),
        description: [...new Set(told.map(({ description }) => description))].join(' '),
      },
    ];
  });
}

/** A kind, or one of its fields, with the fields inside it. */
export function explainKind(
  kind: AnyKind,
  path: readonly string[],
  options: { readonly isRecursive: boolean },
): Explained {
  const rows = fieldsOfKind(kind);
  const wanted = path[0] === 'spec' ? path.slice(1) : path;
  if (wanted.length === 0) {
    const { description = '' } = kind.schema as { description?: string };
    const where = kind.namespaced ? 'metadata.namespace is the Nomad namespace, default when absent.' : '';
    const head = [`KIND      ${kind.name}`, '', ...wrapped(description), ...wrapped(where)];
    return { ok: true, text: page([...head, ...fieldsBelow(rows, '', options)]) };
  }
  const row = rows.find((candidate) => fits(segmentsOf(candidate.path), wanted));
  if (row === undefined) return unknownField(kind, rows, wanted);
  const head = [
    `KIND      ${kind.name}`,
    `FIELD     ${row.path} <${plain(row.type)}>${requiredText(row)}`,
    ...(row.defaultValue === '' ? [] : [`DEFAULT   ${plain(row.defaultValue)}`]),
    '',
    ...wrapped(row.description),
  ];
  return { ok: true, text: page([...head, ...fieldsBelow(rows, row.path, options)]) };
}

/** What is wrong with a field that a kind can't have; `undefined` where it can, or where any name may stand. */
export function unknownFieldOf(kind: AnyKind, path: readonly string[]): Explained | undefined {
  const rows = fieldsOfKind(kind);
  const known = [...path.keys()].findLast((length) =>
    rows.some((row) => fits(segmentsOf(row.path), path.slice(0, length))),
  );
  if (rows.some((row) => fits(segmentsOf(row.path), path))) return undefined;
  const isClosed = known === undefined || rows.some((row) => isInside(row, path.slice(0, known)));
  return isClosed ? unknownField(kind, rows, path) : undefined;
}

/** Every kind with the first sentence of what it declares. */
export function kindsText(kinds: readonly AnyKind[]): string {
  const width = Math.max(...kinds.map(({ name }) => name.length));
  const lines = kinds.map(({ name, schema }) => {
    const { description = '' } = schema as { description?: string };
    return `${name.padEnd(width)}  ${firstSentence(description)}`;
  });
  return page([...lines, '', 'drover explain KIND[.field] tells more.']);
}

function firstSentence(text: string): string {
  const sentence = /^.*?\.(?= |$)/.exec(text)?.[0] ?? text;
  const cut = sentence.slice(0, longestSummary).replace(/\s+\S*$/, '');
  return sentence.length > longestSummary ? `${cut} …` : sentence;
}

function unknownField(kind: AnyKind, rows: readonly FieldRow[], wanted: readonly string[]): Explained {
  const known = rows.map((row) => plainPath(row.path));
  const parent = wanted.slice(0, -1);
  const siblings = rows.filter((row) => fits(segmentsOf(row.path).slice(0, -1), parent));
  const last = wanted.at(-1) ?? '';
  const names = siblings.map((row) => segmentsOf(row.path).at(-1) ?? '');
  const ours = fieldForWord(last, new Set(names));
  return {
    ok: false,
    problem: `${kind.name} has no field ${wanted.join('.')}`,
    hint:
      (ours === undefined ? undefined : `here that is "${ours}"`) ??
      sameName(known, wanted) ??
      didYouMean(last, names) ??
      didYouMean(wanted.join('.'), known),
  };
}

/** The field of that very name further in, or else elsewhere, where one is nearer to the top than all others. */
function sameName(known: readonly string[], wanted: readonly string[]): string | undefined {
  const parent = wanted.slice(0, -1).join('.');
  const found = [...new Set(known)].filter((path) => path.split('.').at(-1) === wanted.at(-1));
  const inside = parent === '' ? [] : found.filter((path) => path.startsWith(`${parent}.`));
  const depth = (path: string) => path.split('.').length;
  const [first, second] = (inside.length > 0 ? inside : found).toSorted((a, b) => depth(a) - depth(b));
  if (first === undefined || (second !== undefined && depth(second) === depth(first))) return undefined;
  return `did you mean "${first}"?`;
}

function fieldsBelow(
  rows: readonly FieldRow[],
  path: string,
  { isRecursive }: { readonly isRecursive: boolean },
): readonly string[] {
  const inside = rows.filter((row) =>
    isRecursive ? row.path !== path && isBelow(row.path, path) : isChild(row.path, path),
  );
  if (inside.length === 0) return [];
  const depth = segmentsOf(path).filter((segment) => segment !== '').length;
  const lines = inside.flatMap((row) => {
    const indent = '  '.repeat(isRecursive ? Math.max(1, segmentsOf(row.path).length - depth) : 1);
    const name = row.path.slice(path.length).replace(/^\./, '');
    const facts = `<${plain(row.type)}>${requiredText(row)}${row.defaultValue === '' ? '' : ` = ${plain(row.defaultValue)}`}`;
    if (isRecursive) return [`${indent}${name} ${facts}`];
    return [`${indent}${name} ${facts}`, ...wrapped(row.description, `${indent}  `)];
  });
  return ['', 'FIELDS', ...lines];
}

const requiredText = ({ isRequired }: FieldRow) => (isRequired ? ' required' : '');
const plain = (text: string) => text.replaceAll('`', '');
const plainPath = (path: string) =>
  segmentsOf(path)
    .filter((segment) => !isAny(segment))
    .join('.');

function segmentsOf(path: string): readonly string[] {
  return path.replaceAll('[]', '.[]').split('.');
}

/** A place where any name or index stands; people may leave it out, as kubectl has it. */
function isAny(segment: string): boolean {
  return segment === 'NAME' || segment === '[]';
}

function fits(pattern: readonly string[], wanted: readonly string[]): boolean {
  const [segment, ...rest] = pattern;
  if (segment === undefined) return wanted.length === 0;
  if (isAny(segment)) return fits(rest, wanted) || (wanted.length > 0 && fits(rest, wanted.slice(1)));
  return segment === wanted[0] && fits(rest, wanted.slice(1));
}

function isBelow(path: string, parent: string): boolean {
  return parent === '' || path.startsWith(`${parent}.`) || path.startsWith(`${parent}[]`);
}

function isInside(row: FieldRow, path: readonly string[]): boolean {
  return segmentsOf(row.path).some((_, index, all) => index > 0 && fits(all.slice(0, index), path));
}

/** Directly inside, with nothing but names and indexes between. */
function isChild(path: string, parent: string): boolean {
  if (path === parent || !isBelow(path, parent)) return false;
  const rest = segmentsOf(path.slice(parent.length)).filter((segment) => segment !== '');
  return rest.slice(0, -1).every(isAny) && rest.length > 0;
}

function wrapped(text: string, indent = ''): readonly string[] {
  if (text === '') return [];
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(/\s+/)) {
    if (line.length + word.length > 100 && line.trim() !== '') {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()];
}

function page(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
