import { childrenOf, type Expression } from './expression.ts';
import type { PromqlProblem } from './promql-problem.ts';
import type { PromqlType } from './signatures.ts';
import { excerpt, nameOf, typeWords } from './written.ts';

const sets = new Set(['and', 'or', 'unless']);
const comparisons = new Set(['==', '!=', '<', '>', '<=', '>=']);

export function unaryProblem(
  { args: [inner] }: Expression,
  [type = 'unknown']: readonly PromqlType[],
  query: string,
): PromqlProblem | undefined {
  return inner === undefined ? undefined : notCounted(inner, { type, what: 'a sign', query });
}

export function binaryProblem(
  binary: Expression,
  types: readonly PromqlType[],
  query: string,
): PromqlProblem | undefined {
  const misfits = binary.args.flatMap((arg, index) => {
    const type = types[index] ?? 'unknown';
    return notCounted(arg, { type, what: nameOf(binary, query), query }) ?? [];
  });
  if (misfits[0] !== undefined) return misfits[0];
  if (types.length !== 2 || types.includes('unknown')) return undefined;
  const { bool, matching } = partsOf(binary);
  const ask = {
    operator: nameOf(binary, query).toLowerCase(),
    scalars: types.indexOf('scalar'),
    bool,
    query,
  };
  return operandProblem(binary, types, ask) ?? matchingProblem(binary, { ...ask, matching });
}

/** Only numbers and vectors of them are counted with. */
function notCounted(
  operand: Expression,
  { type, what, query }: { readonly type: PromqlType; readonly what: string; readonly query: string },
): PromqlProblem | undefined {
  if (type !== 'range' && type !== 'text') return undefined;
  const message = `${what} goes with scalars and instant vectors, and ${excerpt(query, operand.range)} is ${typeWords[type]}`;
  const hint =
    type === 'range'
      ? 'a range becomes a vector by a function, as rate(…[5m])'
      : 'write the number without quotes';
  return { about: 'types', message, hint, range: operand.range };
}

type SyntaxNode = Expression['node'];

function partsOf({ node }: Expression): { readonly bool: boolean; readonly matching: readonly SyntaxNode[] } {
  const children = childrenOf(node);
  const clause = children.find(({ name }) => name === 'MatchingModifierClause');
  return {
    bool: children.some(({ name }) => name === 'BoolModifier'),
    matching: clause === undefined ? [] : childrenOf(clause),
  };
}

interface Operation {
  readonly operator: string;
  /** The index of the first operand that is a scalar; negative when none is. */
  readonly scalars: number;
  readonly bool: boolean;
  readonly query: string;
}

function operandProblem(
  binary: Expression,
  types: readonly PromqlType[],
  { operator, scalars, bool, query }: Operation,
): PromqlProblem | undefined {
  const say = (message: string, hint: string, range = binary.name): PromqlProblem => ({
    about: 'types',
    message,
    hint,
    range,
  });
  if (bool && !comparisons.has(operator)) {
    return say(`bool goes with comparisons only, and ${operator} is none`, 'take bool out');
  }
  const scalar = binary.args[scalars];
  if (sets.has(operator) && scalar !== undefined) {
    const written = excerpt(query, scalar.range);
    return say(
      `${operator} goes with instant vectors only, and ${written} is a scalar`,
      `write vector(${written}), or compare with it`,
      scalar.range,
    );
  }
  if (comparisons.has(operator) && !bool && types.every((type) => type === 'scalar')) {
    return say(`${operator} compares two scalars, which only bool allows`, `write ${operator} bool`);
  }
  return undefined;
}

function matchingProblem(
  binary: Expression,
  { operator, scalars, matching, query }: Operation & { readonly matching: readonly SyntaxNode[] },
): PromqlProblem | undefined {
  const [first] = matching;
  const group = matching.find(({ name }) => name === 'GroupLeft' || name === 'GroupRight');
  const say = (node: SyntaxNode, message: string, hint: string): PromqlProblem => ({
    about: 'types',
    message,
    hint,
    range: { start: node.from, end: node.to },
  });
  if (first === undefined) return undefined;
  const labels = labelsOf(matching[1], query);
  const word = query.slice(first.from, first.to);
  const scalar = binary.args[scalars];
  if (scalar !== undefined && labels.length > 0) {
    const written = excerpt(query, scalar.range);
    return say(first, `${word} matches two vectors, and ${written} is a scalar`, `take ${word} (…) out`);
  }
  if (group === undefined) return undefined;
  const grouping = query.slice(group.from, group.to);
  if (sets.has(operator)) {
    return say(group, `${operator} takes no ${grouping}: it matches many to many`, `take ${grouping} out`);
  }
  const both = labelsOf(matching.at(-1), query).find((label) => labels.includes(label));
  if (first.name !== 'On' || both === undefined || matching.length < 4) return undefined;
  return say(group, `the label ${both} is both in ${word} and in ${grouping}`, 'keep it in one of them');
}

function labelsOf(node: SyntaxNode | undefined, query: string): readonly string[] {
  if (node?.name !== 'GroupingLabels') return [];
  return childrenOf(node).map(({ from, to }) => query.slice(from, to));
}
