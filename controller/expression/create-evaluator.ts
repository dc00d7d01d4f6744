import { Environment, type ParseResult } from '@marcbachmann/cel-js';
import type { Json, JsonObject } from '../model/json.ts';
import { missingDefinition, missingSecretKey } from '../model/mistake.ts';
import { didYouMean } from '../model/nearest.ts';
import { type SecretReference, secretPlaceholder } from '../model/payload.ts';
import { fromCel, toCel } from './cel-values.ts';
import { checkExpression, type Magnitudes, maxRepeatedCost } from './check-expression.ts';
import { explainFailure } from './explain-failure.ts';
import { expressionCodes } from './expression-codes.ts';
import { magnitudesOf } from './magnitudes.ts';
import type { ExpressionOutcome, ExpressionProblem } from './outcome.ts';
import type { Scope, ServerFacts } from './scope.ts';

export interface Evaluator {
  /** Never throws. `server` is set where a text is made for one server, `locals` as the scope names them. */
  evaluate(expression: string, server?: ServerFacts, locals?: Locals): ExpressionOutcome;
}

export type Locals = Readonly<Record<string, number>>;

/** The same evaluator with its local numbers set. */
export function withLocals(evaluator: Evaluator, locals: Locals): Evaluator {
  return { evaluate: (expression, server) => evaluator.evaluate(expression, server, locals) };
}

const maxExpressionLength = 2000;
const limits = { maxAstNodes: 1000, maxDepth: 40, maxListElements: 200, maxMapEntries: 200 };

/** A reference that an expression made, found while it was evaluated. */
class LookupError extends Error {
  readonly problem: ExpressionProblem;

  constructor(problem: ExpressionProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** What one evaluation leaves behind beside its value. */
interface Trace {
  secrets: SecretReference[];
}

/** CEL over the variables, servers, secrets and auth mounts of one environment. Parses each expression once. */
export function createEvaluator(scope: Scope): Evaluator {
  const trace: Trace = { secrets: [] };
  const celOf = createConverter();
  const cel = createCel(scope, trace, celOf);
  const vars = toCel(scope.vars);
  const parsed = new Map<string, Prepared>();
  let magnitudes: Magnitudes | undefined;
  const costLimit = scope.locals === undefined ? undefined : maxRepeatedCost;
  const prepareOnce = (expression: string): Prepared => {
    magnitudes ??= magnitudesOf(scope);
    const prepared = parsed.get(expression) ?? prepare(expression, { cel, vars, magnitudes, costLimit });
    parsed.set(expression, prepared);
    return prepared;
  };
  return {
    evaluate(expression, server, locals = {}) {
      const prepared = prepareOnce(expression);
      if (!prepared.ok) return prepared;
      trace.secrets = [];
      const context: Record<string, unknown> = { ...toCelMap(locals), vars, environment: scope.environment };
      if (server !== undefined) context.server = celOf(server);
      return run(prepared.program, context, trace, scope);
    },
  };
}

function toCelMap(locals: Locals): Record<string, unknown> {
  return Object.fromEntries(Object.entries(locals).map(([name, value]) => [name, toCel(value)]));
}

interface PrepareContext {
  readonly cel: Environment;
  readonly vars: unknown;
  readonly magnitudes: Magnitudes;
  readonly costLimit: number | undefined;
}

type Prepared =
  | { readonly ok: true; readonly program: ParseResult }
  | { readonly ok: false; readonly problem: ExpressionProblem };

function prepare(expression: string, { cel, vars, magnitudes, costLimit }: PrepareContext): Prepared {
  if (expression.length > maxExpressionLength) {
    const message = `the expression is longer than ${maxExpressionLength} characters`;
    return { ok: false, problem: { entry: expressionCodes.limit, message } };
  }
  try {
    const program = cel.parse(expression);
    const problem = checkExpression(program.ast, magnitudes, costLimit);
    if (problem !== undefined) return { ok: false, problem };
    const checked = program.check();
    return checked.valid
      ? { ok: true, program }
      : { ok: false, problem: explainFailure(checked.error, { vars }) };
  } catch (error) {
    return { ok: false, problem: explainFailure(error, { vars }) };
  }
}

function run(
  program: ParseResult,
  context: Record<string, unknown>,
  trace: Trace,
  scope: Scope,
): ExpressionOutcome {
  try {
    const value = fromCel(program(context));
    if (value === undefined)
      return failed('the result has no JSON form', 'convert it with string() or int()');
    const altered = trace.secrets.find((secret) => !mentions(value, secretPlaceholder(secret)));
    if (altered !== undefined) return alteredSecret(altered);
    return { ok: true, value, secrets: trace.secrets };
  } catch (error) {
    if (error instanceof LookupError) return { ok: false, problem: error.problem };
    const cause = error instanceof Error && error.cause instanceof LookupError ? error.cause : undefined;
    return { ok: false, problem: cause?.problem ?? explainFailure(error, context, scope) };
  }
}

function failed(message: string, hint: string): ExpressionOutcome {
  return { ok: false, problem: { entry: expressionCodes.evaluation, message, hint } };
}

function alteredSecret(secret: SecretReference): ExpressionOutcome {
  const message = `the secret ${secret.path}#${secret.key} is computed with instead of being inserted`;
  return { ok: false, problem: { entry: expressionCodes.secretAltered, message } };
}

function mentions(value: Json, text: string): boolean {
  if (typeof value === 'string') return value.includes(text);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((item: Json) => mentions(item, text));
}

/** Servers as CEL values, each converted once: a text for each of 1000 servers may ask for all of them. */
function createConverter(): (server: ServerFacts) => unknown {
  const known = new Map<ServerFacts, unknown>();
  return (server) => {
    const converted = known.get(server) ?? toCel(server);
    known.set(server, converted);
    return converted;
  };
}

function createCel(scope: Scope, trace: Trace, celOf: (server: ServerFacts) => unknown): Environment {
  const environment = new Environment({ homogeneousAggregateLiterals: false, limits });
  for (const name of scope.locals ?? []) environment.registerVariable(name, 'int');
  return environment
    .registerVariable('vars', 'map')
    .registerVariable('environment', 'string')
    .registerVariable('server', 'map')
    .registerFunction('servers(map): list<map>', (labels: unknown) => selectServers(scope, labels, celOf))
    .registerFunction('secret(string, string): string', (name: string, key: string) => {
      const reference = lookUpSecret(scope, name, key);
      trace.secrets.push(reference);
      return secretPlaceholder(reference);
    })
    .registerFunction('accessor(string): string', (name: string) => lookUpAccessor(scope, name));
}

function selectServers(
  scope: Scope,
  labels: unknown,
  celOf: (server: ServerFacts) => unknown,
): readonly unknown[] {
  const wanted = Object.entries((fromCel(labels) ?? {}) as JsonObject);
  if (scope.servers === undefined) {
    const message = 'servers() is not known where servers are defined';
    throw new LookupError({ entry: expressionCodes.noServer, message });
  }
  return scope
    .servers()
    .filter((server) => wanted.every(([key, value]) => server.labels[key] === value))
    .map((server) => celOf(server));
}

function lookUpSecret(scope: Scope, name: string, key: string): SecretReference {
  const secret = scope.secret(name);
  if (secret === 'broken') return { path: name, key };
  if (secret === undefined) {
    throw new LookupError({
      entry: expressionCodes.secretUnknown,
      message: `there is no VaultSecret ${name}`,
      hint: didYouMean(name, scope.secretNames()),
      mistake: missingDefinition('VaultSecret', name),
    });
  }
  if (!secret.keys.includes(key)) {
    throw new LookupError({
      entry: expressionCodes.secretUnknown,
      message: `the VaultSecret ${name} has no key ${key}`,
      hint: didYouMean(key, secret.keys),
      mistake: missingSecretKey(name, key),
    });
  }
  return { path: secret.path, key };
}

/** The accessor of an auth mount is known only to Vault: the text goes on as a place holder, resolved at apply. */
function lookUpAccessor(scope: Scope, name: string): string {
  if (scope.hasAuth(name)) return `\${{ accessor('${name}') }}`;
  throw new LookupError({
    entry: expressionCodes.authUnknown,
    message: `there is no VaultAuth ${name}`,
    hint: didYouMean(name, scope.authNames()),
    mistake: missingDefinition('VaultAuth', name),
  });
}
