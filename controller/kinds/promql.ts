const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/**
 * One sentence of what is plainly wrong with a PromQL query: empty, a text or bracket that never closes. Not a parser: what
 * it lets through may still be refused by Prometheus.
 */
export function promqlProblem(query: string): string | undefined {
  if (query.replaceAll(/#.*/g, '').trim() === '') return 'the query is empty';
  const open: string[] = [];
  for (let index = 0; index < query.length; index++) {
    const character = query[index] ?? '';
    if (character === '#') {
      index = endOfLine(query, index);
    } else if ('"\'`'.includes(character)) {
      const end = endOfText(query, index);
      if (end === undefined) return 'a text in the query never ends';
      index = end;
    } else {
      const problem = bracket(character, open);
      if (problem !== undefined) return problem;
    }
  }
  const [left] = open;
  return left === undefined ? undefined : `the bracket ${left} is never closed`;
}

function bracket(character: string, open: string[]): string | undefined {
  if (closers[character] !== undefined) {
    open.push(character);
    return undefined;
  }
  if (!')]}'.includes(character)) return undefined;
  const opener = open.pop();
  if (opener !== undefined && closers[opener] === character) return undefined;
  return opener === undefined
    ? `the bracket ${character} closes nothing`
    : `the bracket ${opener} is closed by ${character}`;
}

function endOfLine(query: string, from: number): number {
  const end = query.indexOf('\n', from);
  return end < 0 ? query.length : end;
}

/** The index of the closing quote; only text in back-ticks takes a backslash as it is. */
function endOfText(query: string, from: number): number | undefined {
  const quote = query[from];
  for (let index = from + 1; index < query.length; index++) {
    if (query[index] === quote) return index;
    if (query[index] === '\\' && quote !== '`') index++;
  }
  return undefined;
}
