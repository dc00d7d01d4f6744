import { type ASTNode, Environment, type ParseResult } from '@marcbachmann/cel-js';
import type { Json } from '../model/json.ts';
import { didYouMean } from '../model/nearest.ts';
import { fromCel, toCel } from './cel-values.ts';
import { checkExpression, type Magnitudes } from './check-expression.ts';
import { explainFailure } from './explain-failure.ts';
import { expressionCodes } from './expression-codes.ts';
import { membersRead } from './members-read.ts';
import type { ExpressionProblem } from './outcome.ts';

/** A value that rules read, converted once. */
export type RuleValue = { readonly cel: unknown };

export type RuleContext = Readonly<Record<string, RuleValue>>;

export interface Rule {
  /** Never throws. */
  evaluate(context: RuleContext): RuleOutcome;
  /** The variable of `list.all(x, …)`, and what its list is called. */
  readonly over: { readonly variable: string; readonly list: string | undefined } | undefined;
  /** Elements of that list for which the condition does not hold; empty where it is no such rule, or can't be told. */
  offenders(context: RuleContext): readonly Json[];
  /** Variables that the rule names. */
  readonly reads: ReadonlySet<string>;
  /** Which members of a variable it names; `undefined` where it reads the variable as a whole. */
  membersOf(variable: string): ReadonlySet<string> | undefined;
}

export type RuleOutcome =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly problem: ExpressionProblem };

export interface RuleRequest {
  readonly text: string;
  /** Names that it may read, all maps but `environment`. */
  readonly variables: readonly string[];
  readonly magnitudes: Magnitudes;
  /** `any`: the value is shown, not judged. */
  readonly gives: 'bool' | 'any';
}

const maxLength = 2000;
const limits = { maxAstNodes: 1000, maxDepth: 40, maxListElements: 200, maxMapEntries: 200 };

export function ruleValue(value: Json): RuleValue {
  return { cel: toCel(value) };
}

/** Parses a rule over definitions and checks what it may call, how much work it can make, and that it gives true or false. */
export function compileRule(
  request: RuleRequest,
): { readonly ok: true; readonly rule: Rule } | { readonly ok: false; readonly problem: ExpressionProblem } {
  const { text } = request;
  if (text.length > maxLength) return refused(`the rule is longer than ${maxLength} characters`);
  const environment = environmentOf(request.variables);
  try {
    const program = environment.parse(text);
    const problem = checkExpression(program.ast, request.magnitudes) ?? typeProblem(program, request);
    if (problem !== undefined) return { ok: false, problem };
    return { ok: true, rule: ruleOf(program, text, environment) };
  } catch (error) {
    return { ok: false, problem: explainFailure(error, {}) };
  }
}

function refused(message: string): { readonly ok: false; readonly problem: ExpressionProblem } {
  return { ok: false, problem: { entry: expressionCodes.limit, message } };
}

function environmentOf(variables: readonly string[]): Environment {
  const environment = new Environment({ homogeneousAggregateLiterals: false, limits });
  for (const name of variables) {
    environment.registerVariable(name, name === 'environment' ? 'string' : 'map');
  }
  return environment;
}

/** What a rule may read is not what other expressions may. */
function readable(problem: ExpressionProblem, variables: readonly string[]): ExpressionProblem {
  const name = /^there is no variable (.*)$/.exec(problem.message)?.[1];
  if (name === undefined) return problem;
  return { ...problem, hint: didYouMean(name, variables) ?? `a rule reads ${variables.join(', ')}` };
}

function typeProblem(program: ParseResult, { gives, variables }: RuleRequest): ExpressionProblem | undefined {
  const checked = program.check();
  if (!checked.valid) return readable(explainFailure(checked.error, {}), variables);
  const type = checked.type ?? 'dyn';
  if (gives === 'any' || type === 'bool' || type === 'dyn') return undefined;
  return {
    entry: expressionCodes.type,
    message: `the rule gives ${type}, and true or false is wanted`,
    hint: 'compare it, as in job.count > 1',
  };
}

function ruleOf(program: ParseResult, text: string, environment: Environment): Rule {
  const loop = loopOf(program.ast, text);
  const failing = loop === undefined ? undefined : tryParse(environment, loop.failing);
  return {
    evaluate: (context) => run(program, context),
    over: failing === undefined ? undefined : loop,
    offenders(context) {
      const found = failing === undefined ? undefined : run(failing, context);
      return found?.ok === true && Array.isArray(found.value) ? found.value : [];
    },
    reads: namesIn(program.ast),
    membersOf: (variable) => membersRead(program.ast, variable),
  };
}

function run(program: ParseResult, context: RuleContext): RuleOutcome {
  const values = Object.fromEntries(Object.entries(context).map(([name, { cel }]) => [name, cel]));
  try {
    const value = fromCel(program(values));
    if (value !== undefined) return { ok: true, value };
    const message = 'the result has no JSON form';
    return { ok: false, problem: { entry: expressionCodes.evaluation, message } };
  } catch (error) {
    return { ok: false, problem: explainFailure(error, values) };
  }
}

/** `job.images.all(i, COND)`: the loop, and the expression that gives what breaks it. */
function loopOf(
  ast: ASTNode,
  text: string,
): { readonly variable: string; readonly list: string | undefined; readonly failing: string } | undefined {
  if (ast.op !== 'rcall' || ast.args[0] !== 'all') return undefined;
  const [, receiver, [variable]] = ast.args;
  if (variable?.op !== 'id') return undefined;
  const before = /^([\s\S]*)\.\s*all\s*\(\s*$/.exec(text.slice(0, variable.start))?.[1];
  const after = /^\s*,([\s\S]*)\)\s*$/.exec(text.slice(variable.end))?.[1];
  if (before === undefined || after === undefined) return undefined;
  const list = receiver.op === '.' ? receiver.args[1] : undefined;
  const failing = `(${before}).filter(${variable.args}, !(${after}))`;
  return { variable: variable.args, list, failing };
}

function tryParse(environment: Environment, text: string): ParseResult | undefined {
  try {
    const program = environment.parse(text);
    return program.check().valid ? program : undefined;
  } catch {
    return undefined;
  }
}

function namesIn(node: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) part.forEach(visit);
    else if (isNode(part)) {
      if (part.op === 'id' && typeof part.args === 'string') names.add(part.args);
      visit(part.args);
    }
  };
  visit(node);
  return names;
}

function isNode(value: unknown): value is { readonly op: string; readonly args: unknown } {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}
