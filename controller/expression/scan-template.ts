/** A text cut into literals and `${{ }}` expressions. */
export type TemplatePart =
  | { readonly literal: string }
  /** `offset` counts UTF-16 units from the start of the text to the expression's first character. */
  | { readonly expression: string; readonly offset: number };

export type ScanResult =
  | { readonly ok: true; readonly parts: readonly TemplatePart[] }
  | { readonly ok: false; readonly offset: number };

const opener = '${{';

export function hasExpression(text: string): boolean {
  return text.includes(opener);
}

/** Cuts a text at its expressions; `$${{` stands for a literal `${{`. Fails at an opener that is never closed. */
export function scanTemplate(text: string): ScanResult {
  const parts: TemplatePart[] = [];
  let literal = '';
  let position = 0;
  for (;;) {
    const start = text.indexOf(opener, position);
    if (start < 0) break;
    const isEscaped = start > position && text[start - 1] === '$';
    literal += text.slice(position, isEscaped ? start - 1 : start);
    position = start + opener.length;
    if (isEscaped) {
      literal += opener;
      continue;
    }
    const end = findEnd(text, position);
    if (end === undefined) return { ok: false, offset: start };
    if (literal !== '') parts.push({ literal });
    literal = '';
    parts.push({ expression: text.slice(position, end), offset: position });
    position = end + 2;
  }
  literal += text.slice(position);
  if (literal !== '') parts.push({ literal });
  return { ok: true, parts };
}

/** Where the closing `}}` begins: outside CEL strings and outside its map literals. */
function findEnd(text: string, from: number): number | undefined {
  let depth = 0;
  for (let index = from; index < text.length; index++) {
    const character = text[index];
    if (character === '"' || character === "'") {
      index = skipString(text, index);
    } else if (character === '{') {
      depth++;
    } else if (character === '}') {
      if (depth === 0) return text[index + 1] === '}' ? index : undefined;
      depth--;
    }
  }
  return undefined;
}

/** The index of the quote that ends the string begun at `start`; the text's end when there is none. */
function skipString(text: string, start: number): number {
  const quote = text[start];
  let index = start + 1;
  while (index < text.length && text[index] !== quote) index += text[index] === '\\' ? 2 : 1;
  return index;
}
