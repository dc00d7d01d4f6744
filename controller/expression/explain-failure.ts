import { type ASTNode, TypeError as CelTypeError, EvaluationError, ParseError } from '@marcbachmann/cel-js';
import type { CodeEntry } from '../model/diagnostic-code.ts';
import { missingVariable } from '../model/mistake.ts';
import { didYouMean } from '../model/nearest.ts';
import { expressionCodes } from './expression-codes.ts';
import type { ExpressionProblem } from './outcome.ts';
import type { Scope } from './scope.ts';

const variables = ['vars', 'environment', 'server'];

const entries: Readonly<Record<string, CodeEntry>> = {
  limit_exceeded: expressionCodes.limit,
  no_such_overload: expressionCodes.type,
  no_matching_overload: expressionCodes.type,
};

type CelFailure = ParseError | EvaluationError | CelTypeError;

/** An error of the CEL library in plain words. `context` is what the expression could read. */
export function explainFailure(
  error: unknown,
  context: Readonly<Record<string, unknown>>,
  scope?: Scope,
): ExpressionProblem {
  if (!isCelFailure(error)) {
    // Only a stack overflow gets here: thousands of nested operators that the library does not count as depth.
    return { entry: expressionCodes.limit, message: 'the expression is nested too deeply' };
  }
  const range = { start: error.range?.start, end: error.range?.end };
  if (error.code === 'unknown_variable') return { ...unknownVariable(error, context), ...range };
  if (error.code === 'no_such_key') return { ...unknownKey(error, context, scope), ...range };
  return { entry: entryOf(error), message: sentence(error.summary), ...range };
}

function isCelFailure(error: unknown): error is CelFailure {
  return error instanceof ParseError || error instanceof EvaluationError || error instanceof CelTypeError;
}

function entryOf(error: CelFailure): CodeEntry {
  const known = Object.hasOwn(entries, error.code) ? entries[error.code] : undefined;
  if (known !== undefined) return known;
  if (error instanceof ParseError) return expressionCodes.syntax;
  return error instanceof CelTypeError ? expressionCodes.type : expressionCodes.evaluation;
}

/** The library's names of signs; words like NUMBER are read as they are. */
const signs: Readonly<Record<string, string>> = {
  EOF: 'the end',
  LPAREN: '"("',
  RPAREN: '")"',
  LBRACKET: '"["',
  RBRACKET: '"]"',
  LBRACE: '"{"',
  RBRACE: '"}"',
  COLON: '":"',
  COMMA: '","',
  DOT: '"."',
  QUESTION: '"?"',
  NOT: '"!"',
  EQ: '"=="',
  NE: '"!="',
  LT: '"<"',
  LE: '"<="',
  GT: '">"',
  GE: '">="',
  AND: '"&&"',
  OR: '"||"',
  PLUS: '"+"',
  MINUS: '"-"',
  MULTIPLY: '"*"',
  DIVIDE: '"/"',
  MODULO: '"%"',
  IDENTIFIER: 'a name',
  STRING: 'a text',
  NUMBER: 'a number',
};

function tokenWords(token = ''): string {
  return signs[token] ?? token.toLowerCase();
}

/** The library's sentence in words that do not need its source to be read. */
function sentence(summary: string): string {
  const plain = summary.replaceAll(/dyn<([a-z]+)>/g, '$1');
  const operator = /^no such overload: (\S+) (\S+) (\S+)$/.exec(plain);
  if (operator !== null) return `${operator[2]} is not defined for ${operator[1]} and ${operator[3]}`;
  const call = /^found no matching overload for '(.+)'$/.exec(plain);
  if (call !== null) return `there is no ${call[1]}: the types or the number of arguments do not fit`;
  const expected = /^Expected (\w+), got (\w+)$/.exec(plain);
  if (expected !== null) return `expected ${tokenWords(expected[1])}, but found ${tokenWords(expected[2])}`;
  return plain.replace('Unexpected token: EOF', 'the expression ends too early');
}

function unknownVariable(error: CelFailure, context: Readonly<Record<string, unknown>>): ExpressionProblem {
  const name = /Unknown variable: (.*)$/.exec(error.summary)?.[1] ?? '';
  if (name === 'server') {
    return { entry: expressionCodes.noServer, message: '`server` is not known here' };
  }
  const vars = context.vars;
  const isVar = typeof vars === 'object' && vars !== null && Object.hasOwn(vars, name);
  return {
    entry: expressionCodes.unknownName,
    message: `there is no variable ${name}`,
    hint: isVar ? `write vars.${name}` : didYouMean(name, variables),
  };
}

function unknownKey(
  error: CelFailure,
  context: Readonly<Record<string, unknown>>,
  scope: Scope | undefined,
): ExpressionProblem {
  const access = accessOf(error.node as ASTNode | undefined);
  if (access === undefined) return { entry: expressionCodes.unknownName, message: sentence(error.summary) };
  const [object, key] = access;
  const owner = valueAt(object, context) ?? scope?.servers?.()[0];
  const candidates = typeof owner === 'object' && owner !== null ? Object.keys(owner) : [];
  const of = pathText(object);
  return {
    entry: expressionCodes.unknownName,
    message: `${of ?? 'the value'} has no "${key}"`,
    hint: didYouMean(key, candidates),
    ...(of === 'vars' ? { mistake: missingVariable(key) } : {}),
  };
}

/** The object and the key of `a.b` and `a["b"]`. */
function accessOf(node: ASTNode | undefined): readonly [ASTNode, string] | undefined {
  if (node?.op === '.') return node.args;
  if (node?.op !== '[]' || node.args[1].op !== 'value') return undefined;
  return [node.args[0], String(node.args[1].args)];
}

/** Follows a plain path through what the expression could read; loop variables are not followed. */
function valueAt(node: ASTNode, context: Readonly<Record<string, unknown>>): unknown {
  if (node.op === 'id') return Object.hasOwn(context, node.args) ? context[node.args] : undefined;
  const access = accessOf(node);
  if (access === undefined) return undefined;
  const owner = valueAt(access[0], context);
  if (typeof owner !== 'object' || owner === null || !Object.hasOwn(owner, access[1])) return undefined;
  return (owner as Record<string, unknown>)[access[1]];
}

function pathText(node: ASTNode): string | undefined {
  if (node.op === 'id') return node.args;
  const access = accessOf(node);
  const owner = access === undefined ? undefined : pathText(access[0]);
  return access === undefined || owner === undefined ? undefined : `${owner}.${access[1]}`;
}
