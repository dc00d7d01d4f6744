/** One word of a template's action. */
export interface TemplateWord {
  /** `name`: a function or keyword; `field`: `.Data.data`; `variable`: `$x` or `$x.Data`; `text`: a string, unquoted. */
  readonly kind: 'name' | 'field' | 'variable' | 'text' | 'sign';
  readonly text: string;
  /** It stands right behind what gives it: `(secret "x").Data`, `scratch.Get`. */
  readonly isPart: boolean;
}

/** What stands between two delimiters. */
export type TemplateAction = readonly TemplateWord[];

export interface TemplateScan {
  readonly actions: readonly TemplateAction[];
  /** Each as it stands in the text, delimiters and all. */
  readonly sources: readonly string[];
  /** One sentence of what can't be read; then the actions end before it. */
  readonly problem?: string;
}

const space = /\s*/y;
const words: readonly { readonly kind: TemplateWord['kind']; readonly pattern: RegExp }[] = [
  { kind: 'variable', pattern: /\$\w*(?:\.\w+)*/y },
  { kind: 'field', pattern: /(?:\.[A-Za-z_]\w*)+/y },
  { kind: 'name', pattern: /[A-Za-z_]\w*/y },
  { kind: 'sign', pattern: /[+-]?[\d.][\w.]*|:=|[^"'`]/y },
];
const quoted = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`/y;

/** Splits a text of consul-template into its actions, in one pass. */
export function scanTemplate(text: string, delimiters: readonly [string, string]): TemplateScan {
  const [open, close] = delimiters;
  const actions: TemplateAction[] = [];
  const sources: string[] = [];
  for (let at = text.indexOf(open); at >= 0; at = text.indexOf(open, at)) {
    const inside = behindOpening(text, at + open.length);
    const comment = text.startsWith('/*', inside) ? commentEnd(text, inside, close) : undefined;
    if (comment !== undefined) {
      if (comment < 0) return { actions, sources, problem: 'a comment that does not end' };
      at = comment;
      continue;
    }
    const read = readAction(text, inside, close);
    if (typeof read === 'string') return { actions, sources, problem: read };
    actions.push(read.words);
    sources.push(text.slice(at, read.end));
    at = read.end;
  }
  return { actions, sources };
}

/** `{{- ` takes away the space before it. */
function behindOpening(text: string, at: number): number {
  return /^-\s/.test(text.slice(at, at + 2)) ? at + 2 : at;
}

function commentEnd(text: string, at: number, close: string): number {
  const end = text.indexOf('*/', at + 2);
  const closing = end < 0 ? -1 : text.indexOf(close, end);
  return closing < 0 ? -1 : closing + close.length;
}

function readAction(
  text: string,
  from: number,
  close: string,
): { readonly words: TemplateAction; readonly end: number } | string {
  const found: TemplateWord[] = [];
  for (let at = from; at < text.length; ) {
    const start = at;
    at = matchAt(space, text, at)?.end ?? at;
    if (text.startsWith(close, at)) return { words: found, end: at + close.length };
    if (at > start && text.startsWith(`-${close}`, at)) return { words: found, end: at + 1 + close.length };
    if (at === text.length) break;
    const read = readWord(text, at);
    if (read === undefined) return 'a text in quotes that does not end';
    const isPart = at === start && isGiver(found.at(-1));
    found.push({ ...read.word, isPart });
    at = read.end;
  }
  return `an action that is not closed by ${close}`;
}

function isGiver(word: TemplateWord | undefined): boolean {
  return word?.kind === 'name' || word?.text === ')';
}

function readWord(
  text: string,
  at: number,
): { readonly word: Omit<TemplateWord, 'isPart'>; readonly end: number } | undefined {
  const quote = matchAt(quoted, text, at);
  if (quote !== undefined) return { word: { kind: 'text', text: unquoted(quote.text) }, end: quote.end };
  for (const { kind, pattern } of words) {
    const match = matchAt(pattern, text, at);
    if (match !== undefined) return { word: { kind, text: match.text }, end: match.end };
  }
  return undefined;
}

function matchAt(
  pattern: RegExp,
  text: string,
  at: number,
): { readonly text: string; readonly end: number } | undefined {
  pattern.lastIndex = at;
  const [found] = pattern.exec(text) ?? [];
  return found === undefined ? undefined : { text: found, end: at + found.length };
}

function unquoted(text: string): string {
  const inner = text.slice(1, -1);
  return text.startsWith('`') ? inner : inner.replaceAll(/\\(.)/g, '$1');
}
