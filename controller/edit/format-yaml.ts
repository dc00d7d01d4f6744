import { type Document, isMap, isScalar, Lexer, type Pair, parseAllDocuments, type YAMLMap } from 'yaml';
import { asTyped, openFlows } from './keep-source.ts';

export type Formatted =
  | { readonly ok: true; readonly text: string }
  /** Why the file is left as it is. */
  | { readonly ok: false; readonly reason: string };

const documentOrder = ['apiVersion', 'kind', 'metadata', 'spec'];
const metadataOrder = ['name', 'namespace', 'labels', 'annotations'];

/**
 * YAML as everybody writes it: two spaces, keys of the envelope in order, one blank line at most, no space at the end of a line.
 * Comments, quotes, block texts, and what is on one line stay. Formatting twice is formatting once. A file whose values or comments would
 * not all be kept is left alone.
 */
export function formatYaml(text: string): Formatted {
  try {
    return format(text);
  } catch {
    // Aliases of nothing, of themselves or of too much, and values nested beyond any use.
    return { ok: false, reason: 'its aliases or its depth are more than a file of definitions has' };
  }
}

function format(text: string): Formatted {
  const all = parseAllDocuments(text, { ...parseOptions, customTags: asTyped(text) });
  const documents = Array.isArray(all) ? all.filter((document) => !isEmpty(document)) : [];
  if (documents.length === 0) return { ok: true, text };
  const [broken] = documents.flatMap(({ errors }) => errors);
  if (broken !== undefined) {
    const line = broken.linePos?.[0].line;
    return { ok: false, reason: `it is not YAML${line === undefined ? '' : ` (line ${line})`}` };
  }
  const before = documents.map((document) => valueText(document));
  for (const document of documents) {
    if (document.contents !== null) openFlows(document.contents, text);
    orderKeys(document);
  }
  const formatted = joinDocuments(documents.map((document) => document.toString(printOptions)));
  return isSame(text, before, formatted)
    ? { ok: true, text: formatted }
    : { ok: false, reason: 'a comment or a value would not be kept' };
}

const parseOptions = {
  version: '1.2',
  schema: 'core',
  uniqueKeys: false,
  resolveKnownTags: false,
  logLevel: 'silent',
} as const;

const printOptions = { indent: 2, lineWidth: 0, flowCollectionPadding: false } as const;

/** A separator with nothing after it. */
function isEmpty({ contents, comment, commentBefore }: Document): boolean {
  const isNothing = contents === null || (isScalar(contents) && contents.source === '');
  return isNothing && !comment && !commentBefore;
}

function orderKeys(document: Document): void {
  const { contents } = document;
  if (!isMap(contents)) return;
  sortPairs(contents, documentOrder);
  const metadata: unknown = contents.get('metadata', true);
  if (isMap(metadata)) sortPairs(metadata, metadataOrder);
}

/** The keys of the list first, in its order; all others after them, as they stand. */
function sortPairs(map: YAMLMap, order: readonly string[]): void {
  const rank = ({ key }: Pair) => {
    const found = isScalar(key) ? order.indexOf(String(key.value)) : -1;
    return found < 0 ? order.length : found;
  };
  const [former] = map.items;
  map.items.sort((a, b) => rank(a) - rank(b));
  const [first] = map.items;
  // What stands above the first key is about the whole document, whichever key it is.
  if (former !== first && isScalar(former?.key) && isScalar(first?.key)) {
    const above = [former.key.commentBefore, first.key.commentBefore];
    first.key.commentBefore = above.filter((text) => text !== undefined && text !== null).join('\n') || null;
    first.key.spaceBefore = false;
    former.key.commentBefore = null;
  }
}

function joinDocuments(texts: readonly string[]): string {
  const joined = texts
    .map((text, index) => (index === 0 || text.startsWith('---') ? text : `---\n${text}`))
    .join('');
  return joined.endsWith('\n') ? joined : `${joined}\n`;
}

function isSame(before: string, values: readonly string[], after: string): boolean {
  const all = parseAllDocuments(after, parseOptions);
  const documents = Array.isArray(all) ? all : [];
  if (documents.some(({ errors }) => errors.length > 0)) return false;
  const now = documents.map((document) => valueText(document));
  return now.join('\n') === values.join('\n') && commentsOf(before) === commentsOf(after);
}

/** All values of a document whatever the order of its keys. */
function valueText(document: Document): string {
  return JSON.stringify(sorted(document.toJS({ maxAliasCount: 100 })));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => [key, sorted(item)]);
}

/** Every comment, in any order: keys that change places take theirs along. */
function commentsOf(text: string): string {
  const comments: string[] = [];
  for (const token of new Lexer().lex(text)) {
    if (token.startsWith('#')) comments.push(token.trimEnd());
  }
  return comments.toSorted().join('\n');
}
