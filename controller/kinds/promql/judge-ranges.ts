import { childrenOf, type Expression } from './expression.ts';
import type { PromqlProblem } from './promql-problem.ts';
import type { PromqlType } from './signatures.ts';
import { excerpt, nameOf, typeWords } from './written.ts';

/** `requests_total[5m]`: only of a metric, and before any offset. */
export function rangeProblem(
  expression: Expression,
  _types: readonly PromqlType[],
  query: string,
): PromqlProblem | undefined {
  const [inner] = expression.args;
  if (inner === undefined || inner.form === 'selector' || inner.form === 'unknown') {
    return durationProblem(expression, query);
  }
  const range = { start: inner.range.end, end: expression.range.end };
  const written = query.slice(range.start, range.end).trim();
  if (inner.form === 'shift') {
    const modifier = nameOf(inner, query);
    const message = `${modifier} stands before the range ${written}`;
    return { about: 'types', message, hint: `write ${modifier} behind ${written}`, range: inner.name };
  }
  return {
    about: 'types',
    message: `only a metric has a range, and ${excerpt(query, inner.range)} is no metric`,
    hint: `a subquery is written with a colon: ${written.replace(/\s*\]$/, ':]')}`,
    range,
  };
}

/** `(…)[30m:1m]`: only of an instant vector. */
export function subqueryProblem(
  expression: Expression,
  [type = 'unknown']: readonly PromqlType[],
  query: string,
): PromqlProblem | undefined {
  const [inner] = expression.args;
  if (inner === undefined || type === 'vector' || type === 'unknown') {
    return durationProblem(expression, query);
  }
  const message = `a subquery goes over an instant vector, and ${excerpt(query, inner.range)} is ${typeWords[type]}`;
  const hint = type === 'range' ? 'write a function of ranges around it first' : 'write vector(…) around it';
  return { about: 'types', message, hint, range: inner.range };
}

/** `… offset 5m`, `… @ 1700000000`: behind a metric, a range or a subquery, each once. */
export function shiftProblem(
  expression: Expression,
  _types: readonly PromqlType[],
  query: string,
): PromqlProblem | undefined {
  const modifier = nameOf(expression, query);
  let [base] = expression.args;
  while (base?.form === 'shift') {
    if (nameOf(base, query).toLowerCase() === modifier.toLowerCase()) {
      const message = `${modifier} stands twice behind one expression`;
      return { about: 'types', message, hint: 'keep one of them', range: expression.name };
    }
    [base] = base.args;
  }
  if (base === undefined || ['selector', 'range', 'subquery', 'unknown'].includes(base.form)) {
    return durationProblem(expression, query);
  }
  const message = `${modifier} goes with a metric, its range or a subquery, and ${excerpt(query, base.range)} is none`;
  return {
    about: 'types',
    message,
    hint: `write ${modifier} inside, right behind the metric`,
    range: expression.name,
  };
}

const literal = 'NumberDurationLiteralInDurationContext';

/** Prometheus 2 wants a unit, and since 3 a mere number is seconds: too few for what was meant, as a rule. */
function durationProblem({ form, node }: Expression, query: string): PromqlProblem | undefined {
  for (const part of childrenOf(node)) {
    if (part.name !== 'DurationExpr' && part.name !== 'OffsetDurationExpr') continue;
    const number = plainNumber(part);
    if (number === undefined) continue;
    const written = query.slice(number.from, number.to);
    const range = { start: number.from, end: number.to };
    if (/^\d+$/.test(written)) {
      const message = `the duration ${written} has no unit`;
      return { about: 'syntax', message, hint: `write ${written}m, or ${written}s for seconds`, range };
    }
    const isNegative = /-\s*$/.test(query.slice(part.from, number.from));
    if (form !== 'shift' && (isNegative || /^(?:0[a-z]+)+$/.test(written))) {
      const message = `the duration ${query.slice(part.from, part.to)} is not longer than nothing`;
      return { about: 'syntax', message, hint: 'write a longer one, as 5m', range };
    }
  }
  return undefined;
}

/** The number where it stands alone, but for a sign: newer versions count with durations. */
function plainNumber(node: Expression['node']): Expression['node'] | undefined {
  if (node.name === literal) return node;
  const children = childrenOf(node).filter(({ name }) => name !== 'UnaryOp');
  const [only] = children;
  return only === undefined || children.length > 1 ? undefined : plainNumber(only);
}
