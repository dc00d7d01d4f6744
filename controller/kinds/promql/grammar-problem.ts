import type { SyntaxNode, Tree } from '@lezer/common';
import { didYouMean } from '../../model/nearest.ts';
import type { TextRange } from '../../model/text-range.ts';
import type { PromqlProblem } from './promql-problem.ts';
import { aggregations, signatures } from './signatures.ts';

const token = /(?:[A-Za-z_:$][\w:.]*|\d[\w.]*|[=!~<>&|]+|[^\s])/y;

/** The first place where the grammar can’t go on. */
export function grammarProblem(tree: Tree, query: string): PromqlProblem | undefined {
  const error = firstError(tree);
  if (error === undefined) return undefined;
  return unknownFunction(error, query) ?? badDuration(error, query) ?? unexpected(error, query);
}

function firstError(tree: Tree): SyntaxNode | undefined {
  let found: SyntaxNode | undefined;
  tree.iterate({
    enter: (node) => {
      if (node.type.isError) found ??= node.node;
      return found === undefined;
    },
  });
  return found;
}

const longestName = 200;

/** A name in front of a bracket that is neither a function nor an aggregation reads as a metric. */
function unknownFunction(error: SyntaxNode, query: string): PromqlProblem | undefined {
  const from = Math.max(0, error.from - longestName);
  const before = /([A-Za-z_:][\w:]*)\s*$/.exec(query.slice(from, error.from));
  const name = before?.[1];
  if (before === null || name === undefined || !query.slice(error.from).trimStart().startsWith('('))
    return undefined;
  const known = [...signatures.keys(), ...aggregations.keys()];
  const lower = name.toLowerCase();
  if (error.prevSibling?.name !== 'Identifier' || keywords.has(lower)) return undefined;
  const start = from + before.index;
  const range = { start, end: start + name.length };
  const hint = known.includes(lower)
    ? `functions are written in lower case: ${lower}`
    : didYouMean(name, known);
  return { about: 'function', message: `PromQL has no function ${name}`, hint, range };
}

const keywords = new Set(
  'and or unless atan2 by without on ignoring group_left group_right bool offset'.split(' '),
);

const ranges = new Set(['MatrixSelector', 'SubqueryExpr']);
const durationNode = 'NumberDurationLiteralInDurationContext';

/** In brackets: `5M`, `1.5h`, `30m1h`, `$__interval`. */
function badDuration(error: SyntaxNode, query: string): PromqlProblem | undefined {
  const range = durationRange(error, query);
  if (range === undefined) return undefined;
  const written = query.slice(range.start, range.end).trim();
  if (written === '') {
    const at = { start: range.start - 1, end: range.end + 1 };
    return {
      about: 'syntax',
      message: 'no duration stands in the brackets',
      hint: 'write one, as [5m]',
      range: at,
    };
  }
  const hint = written.includes('$')
    ? 'a variable of Grafana means nothing here: write 5m or the like'
    : 'write whole units from the greatest down, as 5m or 1h30m';
  return { about: 'syntax', message: `"${written}" is no duration`, hint, range };
}

/** What stands between the bracket and the colon or bracket behind it, where the error is in it. */
function durationRange({ parent, from }: SyntaxNode, query: string): TextRange | undefined {
  const place = parent?.name === durationNode ? parent.parent?.parent : parent;
  const start = query.lastIndexOf('[', from) + 1;
  if (start === 0 || !ranges.has(place?.name ?? '')) return undefined;
  const end = start + query.slice(start).search(/[\]:]|$/);
  return end < from ? undefined : { start, end };
}

function unexpected(error: SyntaxNode, query: string): PromqlProblem {
  const start = skipBlank(query, error.from);
  if (start >= query.length) {
    const end = query.trimEnd().length;
    const message = 'the query ends where more should follow';
    return {
      about: 'syntax',
      message,
      hint: 'write what follows, or take the last word out',
      range: { start: Math.max(0, end - 1), end },
    };
  }
  token.lastIndex = start;
  const written = token.exec(query)?.[0] ?? query.charAt(start);
  return {
    about: 'syntax',
    message: `unexpected ${written}`,
    hint: hintFor(written, error),
    range: { start, end: start + written.length },
  };
}

const hints: Readonly<Record<string, string>> = {
  '=': 'write == to compare',
  '===': 'write == to compare',
  '<>': 'write != for unequal',
  '&&': 'write and',
  '&': 'write and',
  '||': 'write or',
  '|': 'write or',
  by: 'by belongs to an aggregation, as sum by (job) (…)',
  without: 'without belongs to an aggregation, as sum without (instance) (…)',
  on: 'on stands behind an operator, as a / on (job) b',
  ignoring: 'ignoring stands behind an operator, as a / ignoring (job) b',
  group_left: 'group_left stands behind on (…) or ignoring (…)',
  group_right: 'group_right stands behind on (…) or ignoring (…)',
  bool: 'bool stands behind a comparison, as a > bool b',
  not: 'write == 0, or unless',
  '%': 'a percent sign is an operator: write 100 * a / b > 90',
};

function hintFor(written: string, { parent }: SyntaxNode): string {
  if (parent?.name.endsWith('LabelMatcher') === true)
    return 'the value of a label stands in quotes, as job="node"';
  if (parent?.name === 'LabelMatchers')
    return 'matchers are written as label="value", with a comma between them';
  const hint = hints[written.toLowerCase()];
  if (hint !== undefined) return hint;
  return /^[\w:$"'`({]/.test(written)
    ? 'an operator may be missing before it, or a comma'
    : 'take it out, or write what belongs before it';
}

function skipBlank(query: string, from: number): number {
  let at = from;
  for (;;) {
    while (/\s/.test(query.charAt(at)) && at < query.length) at++;
    if (query[at] !== '#') return at;
    const end = query.indexOf('\n', at);
    at = end < 0 ? query.length : end;
  }
}
