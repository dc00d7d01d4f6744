import type { Expression } from './expression.ts';
import { aggregateProblem, callProblem } from './judge-calls.ts';
import { binaryProblem, unaryProblem } from './judge-operators.ts';
import { rangeProblem, shiftProblem, subqueryProblem } from './judge-ranges.ts';
import type { PromqlProblem } from './promql-problem.ts';
import { selectorProblem } from './selector-problem.ts';
import { type PromqlType, signatures } from './signatures.ts';
import { nameOf } from './written.ts';

/** What is wrong with one expression by itself, the types of its parts being known. */
export type Judge = (
  expression: Expression,
  types: readonly PromqlType[],
  query: string,
) => PromqlProblem | undefined;

const judges: Partial<Record<Expression['form'], Judge>> = {
  selector: selectorProblem,
  range: rangeProblem,
  subquery: subqueryProblem,
  shift: shiftProblem,
  unary: unaryProblem,
  binary: binaryProblem,
  call: callProblem,
  aggregate: aggregateProblem,
};

const results: Partial<Record<Expression['form'], PromqlType>> = {
  scalar: 'scalar',
  text: 'text',
  selector: 'vector',
  aggregate: 'vector',
  range: 'range',
  subquery: 'range',
  unknown: 'unknown',
};

/**
 * What a query gives. Its problems are collected as Prometheus’s own parser finds them when it has read it (checkAST); a part that
 * has a problem is of unknown type, so that nothing follows from it.
 */
export function typeOf(expression: Expression, query: string, problems: PromqlProblem[]): PromqlType {
  const types = expression.args.map((arg) => typeOf(arg, query, problems));
  const problem = judges[expression.form]?.(expression, types, query);
  if (problem !== undefined) problems.push(problem);
  if (expression.form === 'call') return signatures.get(nameOf(expression, query))?.gives ?? 'unknown';
  return results[expression.form] ?? (problem === undefined ? jointType(types) : 'unknown');
}

/** Of operators, signs, brackets and offsets. */
function jointType(types: readonly PromqlType[]): PromqlType {
  if (types.includes('unknown')) return 'unknown';
  return types.includes('vector') ? 'vector' : (types[0] ?? 'unknown');
}
