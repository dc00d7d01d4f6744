/** What each letter behind a backslash stands for. */
const letters: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

const escape = /\\(?:([0-7]{3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})|(.))/gsu;

/** The text between quotes as Prometheus reads it; escapes that it refuses stay as they are. */
export function textValue(written: string): string {
  const inner = written.slice(1, -1);
  if (written.startsWith('`')) return inner;
  return inner.replaceAll(escape, (_whole, code: string | undefined, letter: string | undefined) => {
    if (code === undefined) return letters[letter ?? ''] ?? letter ?? '';
    const value = /^[0-7]/.test(code) ? Number.parseInt(code, 8) : Number.parseInt(code.slice(1), 16);
    return value <= 0x10_ff_ff ? String.fromCodePoint(value) : '';
  });
}

/** The first escape in a quoted text that Prometheus does not know: where it begins and how it is written. */
export function unknownEscape(
  written: string,
): { readonly offset: number; readonly text: string } | undefined {
  const quote = written.charAt(0);
  if (quote === '`') return undefined;
  for (const match of written.matchAll(escape)) {
    const letter = match[2];
    if (letter === undefined || letters[letter] !== undefined || letter === quote) continue;
    return { offset: match.index, text: match[0] };
  }
  return undefined;
}
