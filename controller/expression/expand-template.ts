import type { Json } from '../model/json.ts';
import type { SecretReference } from '../model/payload.ts';
import type { Evaluator } from './create-evaluator.ts';
import { expressionCodes } from './expression-codes.ts';
import type { ExpressionProblem } from './outcome.ts';
import { hasExpression, scanTemplate, type TemplatePart } from './scan-template.ts';
import type { ServerFacts } from './scope.ts';

/** A problem with the place of its expression: UTF-16 offsets in the whole text. */
export interface TemplateProblem extends ExpressionProblem {
  readonly start: number;
  readonly end: number;
}

export interface Expansion<Value> {
  /** `undefined` when there are problems. */
  readonly value: Value | undefined;
  readonly secrets: readonly SecretReference[];
  readonly problems: readonly TemplateProblem[];
}

const maxExpressions = 500;
const maxTextLength = 1 << 20;

/** Expands every `${{ }}` of a text. All problems are found, not only the first. */
export function expandText(text: string, evaluator: Evaluator, server?: ServerFacts): Expansion<string> {
  if (!hasExpression(text)) return { value: text, secrets: [], problems: [] };
  const scanned = scanWithinLimits(text);
  return 'problem' in scanned
    ? { value: undefined, secrets: [], problems: [scanned.problem] }
    : joinParts(scanned.parts, evaluator, server);
}

/** As `expandText`, but a text that is one single expression keeps the type of its value. */
export function expandValue(text: string, evaluator: Evaluator, server?: ServerFacts): Expansion<Json> {
  if (!hasExpression(text)) return { value: text, secrets: [], problems: [] };
  const scanned = scanWithinLimits(text);
  if ('problem' in scanned) return { value: undefined, secrets: [], problems: [scanned.problem] };
  const [only, second] = scanned.parts;
  if (only === undefined || second !== undefined || !('expression' in only)) {
    return joinParts(scanned.parts, evaluator, server);
  }
  const outcome = evaluator.evaluate(only.expression, server);
  return outcome.ok
    ? { value: outcome.value, secrets: outcome.secrets, problems: [] }
    : { value: undefined, secrets: [], problems: [placed(outcome.problem, only)] };
}

type Scanned = { readonly parts: readonly TemplatePart[] } | { readonly problem: TemplateProblem };

function scanWithinLimits(text: string): Scanned {
  const limit = (message: string) => ({
    problem: { entry: expressionCodes.limit, message, start: 0, end: 0 },
  });
  if (text.length > maxTextLength)
    return limit(`a text with expressions is at most ${maxTextLength} characters long`);
  const scanned = scanTemplate(text);
  if (!scanned.ok) {
    const { offset } = scanned;
    const message = 'this `${{` is never closed by `}}`';
    return { problem: { entry: expressionCodes.syntax, message, start: offset, end: offset + 3 } };
  }
  const count = scanned.parts.filter((part) => 'expression' in part).length;
  return count > maxExpressions
    ? limit(`a text has at most ${maxExpressions} expressions`)
    : { parts: scanned.parts };
}

function joinParts(
  parts: readonly TemplatePart[],
  evaluator: Evaluator,
  server: ServerFacts | undefined,
): Expansion<string> {
  const pieces: string[] = [];
  const secrets: SecretReference[] = [];
  const problems: TemplateProblem[] = [];
  for (const part of parts) {
    if ('literal' in part) {
      pieces.push(part.literal);
      continue;
    }
    const outcome = evaluator.evaluate(part.expression, server);
    const piece = outcome.ok ? textOf(outcome.value) : outcome.problem;
    if (typeof piece === 'string') pieces.push(piece);
    else problems.push(placed(piece, part));
    if (outcome.ok) secrets.push(...outcome.secrets);
  }
  return { value: problems.length === 0 ? pieces.join('') : undefined, secrets, problems };
}

function textOf(value: Json): string | ExpressionProblem {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const what = value === null ? 'null' : Array.isArray(value) ? 'a list' : 'a map';
  return { entry: expressionCodes.notText, message: `the expression gives ${what}, which has no text form` };
}

function placed(problem: ExpressionProblem, part: { expression: string; offset: number }): TemplateProblem {
  const { start = 0, end = part.expression.length } = problem;
  return { ...problem, start: part.offset + start, end: part.offset + Math.max(end, start + 1) };
}
