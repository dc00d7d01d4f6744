import type { Diagnostic, Span } from './diagnostic.ts';

const mask = '•';

/**
 * Texts as findings may show them: what stands where one of them found a secret is masked, at its length, for every finding
 * whose frame has that line.
 */
export function maskSpans(
  textOf: (path: string) => string | undefined,
  diagnostics: readonly Diagnostic[],
): (path: string) => string | undefined {
  const hidden = Map.groupBy(
    diagnostics.filter(({ hidesText }) => hidesText === true).map(({ span }) => span),
    ({ path }) => path,
  );
  const known = new Map<string, string | undefined>();
  return (path) => {
    const spans = hidden.get(path);
    if (spans === undefined) return textOf(path);
    if (!known.has(path)) known.set(path, masked(textOf(path), spans));
    return known.get(path);
  };
}

function masked(text: string | undefined, spans: readonly Span[]): string | undefined {
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  for (const { line, column, endLine, endColumn } of spans) {
    for (let number = line; number <= Math.min(endLine, lines.length); number++) {
      const written = lines[number - 1] ?? '';
      const start = number === line ? column - 1 : 0;
      const end = number === endLine ? endColumn - 1 : written.length;
      lines[number - 1] =
        written.slice(0, start) + written.slice(start, end).replaceAll(/\S/g, mask) + written.slice(end);
    }
  }
  return lines.join('\n');
}
