import type { ASTNode } from '@marcbachmann/cel-js';
import { didYouMean } from '../model/nearest.ts';
import { expressionCodes } from './expression-codes.ts';
import type { ExpressionProblem } from './outcome.ts';

/**
 * What an expression may call: bounded, and the same on every machine. `matches` is left out for regular expressions that
 * never end, `split` and `cel.bind` for texts that grow without bound, times for zones that differ by machine.
 */
const functions = ['size', 'string', 'int', 'double', 'bool', 'dyn', 'has', 'servers', 'secret', 'accessor'];
const macros = ['all', 'exists', 'exists_one', 'map', 'filter'];
const textMethods = ['startsWith', 'endsWith', 'contains', 'indexOf', 'lastIndexOf', 'substring'];
const methods = [...macros, ...textMethods, 'size', 'join', 'lowerAscii', 'upperAscii', 'trim'];

/** What the cost of an expression hangs on: its longest list and its longest text. */
export interface Magnitudes {
  readonly listLength: number;
  readonly textLength: number;
}

/** The most work one expression may make, in characters touched, by an upper bound. */
const maxCost = 1e9;

/** The same for an expression that is evaluated for each of up to ten thousand members. */
export const maxRepeatedCost = 1e6;

interface Survey {
  nodes: number;
  problem: ExpressionProblem | undefined;
}

/** Refuses functions that are not on the list, and work past the limit. */
export function checkExpression(
  ast: ASTNode,
  magnitudes: Magnitudes,
  costLimit = maxCost,
): ExpressionProblem | undefined {
  const survey: Survey = { nodes: 0, problem: undefined };
  const exponent = surveyNode(ast, survey);
  if (survey.problem !== undefined) return survey.problem;
  const factor = Math.max(2, magnitudes.listLength) ** exponent;
  const cost = factor * survey.nodes * Math.max(16, magnitudes.textLength);
  if (cost <= costLimit) return undefined;
  return {
    entry: expressionCodes.limit,
    message: 'the expression could make too much work',
    hint: 'nest fewer map, filter and join',
    start: ast.start,
    end: ast.end,
  };
}

/** How many loops lie inside each other below this node. */
function surveyNode(node: ASTNode, survey: Survey): number {
  survey.nodes++;
  survey.problem ??= callProblem(node);
  let deepest = 0;
  for (const child of childrenOf(node)) deepest = Math.max(deepest, surveyNode(child, survey));
  return deepest + (isMultiplying(node) ? 1 : 0);
}

/** A loop, or a join whose separator is itself computed: their sizes multiply. */
function isMultiplying(node: ASTNode): boolean {
  if (node.op !== 'rcall') return false;
  const [name, , parameters] = node.args;
  if (name === 'join') return parameters.some((parameter) => parameter.op !== 'value');
  return macros.includes(name);
}

function childrenOf(node: ASTNode): readonly ASTNode[] {
  switch (node.op) {
    case 'value':
    case 'id':
      return [];
    case '.':
    case '.?':
      return [node.args[0]];
    case 'call':
      return node.args[1];
    case 'rcall':
      return [node.args[1], ...node.args[2]];
    case 'map':
      return node.args.flat();
    case '!_':
    case '-_':
      return [node.args];
    default:
      return node.args;
  }
}

function callProblem(node: ASTNode): ExpressionProblem | undefined {
  if (node.op !== 'call' && node.op !== 'rcall') return undefined;
  const [name] = node.args;
  const known = node.op === 'call' ? functions : methods;
  if (known.includes(name)) return undefined;
  return {
    entry: expressionCodes.unknownFunction,
    message: node.op === 'call' ? `there is no function ${name}()` : `there is no method .${name}()`,
    hint: didYouMean(name, known),
    start: node.start,
    end: node.end,
  };
}
