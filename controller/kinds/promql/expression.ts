import type { SyntaxNode } from '@lezer/common';
import type { TextRange } from '../../model/text-range.ts';

/** A query as a tree; each part has what its form needs, and the parts that it is made of. */
export interface Expression {
  readonly form:
    | 'scalar'
    | 'text'
    | 'selector'
    | 'range'
    | 'subquery'
    | 'shift'
    | 'unary'
    | 'paren'
    | 'binary'
    | 'call'
    | 'aggregate'
    | 'unknown';
  readonly range: TextRange;
  /** The operator, the function, the modifier: where it stands. */
  readonly name: TextRange;
  readonly args: readonly Expression[];
  /** Its own nodes, for what only one form has. */
  readonly node: SyntaxNode;
}

/** Deeper ones are not looked into: each level is a call of its own. */
const maxDepth = 200;

const forms: Readonly<Record<string, Expression['form']>> = {
  NumberDurationLiteral: 'scalar',
  StringLiteral: 'text',
  VectorSelector: 'selector',
  MatrixSelector: 'range',
  SubqueryExpr: 'subquery',
  OffsetExpr: 'shift',
  StepInvariantExpr: 'shift',
  UnaryExpr: 'unary',
  ParenExpr: 'paren',
  BinaryExpr: 'binary',
  FunctionCall: 'call',
  AggregateExpr: 'aggregate',
};
const postfix = new Set<Expression['form']>(['range', 'subquery', 'shift']);
const noChildren = new Set<Expression['form']>(['scalar', 'text', 'selector', 'unknown']);
const nameNodes = new Set(['FunctionIdentifier', 'AggregateOp', 'Offset', 'At']);

export function expressionOf(node: SyntaxNode, depth = 0): Expression {
  const form = depth > maxDepth ? 'unknown' : (forms[node.name] ?? 'unknown');
  const range = rangeOf(node);
  const children = childrenOf(node);
  const operator = form === 'binary' ? children[1] : children.find(({ name }) => nameNodes.has(name));
  const args = noChildren.has(form)
    ? []
    : argumentNodes(children).map((child) => expressionOf(child, depth + 1));
  const made: Expression = { form, range, name: rangeOf(operator ?? node), args, node };
  const [inner] = args;
  return postfix.has(form) && inner !== undefined ? attach({ ...made, args: [inner] }, inner) : made;
}

function argumentNodes(children: readonly SyntaxNode[]): readonly SyntaxNode[] {
  const body = children.find(({ name }) => name === 'FunctionCallBody');
  return (body === undefined ? children : childrenOf(body)).filter(isExpression);
}

function rangeOf({ from, to }: SyntaxNode): TextRange {
  return { start: from, end: to };
}

/**
 * The grammar takes `a - b offset 1d` for `(a - b) offset 1d`; Prometheus binds what stands behind an expression tighter than
 * any operator.
 */
function attach(outer: Expression, inner: Expression): Expression {
  const last = inner.args.at(-1);
  const isOperator = inner.form === 'binary' || inner.form === 'unary';
  if (!isOperator || last === undefined) {
    const range = { start: inner.range.start, end: outer.range.end };
    return { ...outer, range, args: [inner] };
  }
  const range = { start: inner.range.start, end: outer.range.end };
  return { ...inner, range, args: [...inner.args.slice(0, -1), attach(outer, last)] };
}

function isExpression({ name }: SyntaxNode): boolean {
  return forms[name] !== undefined || name === 'SmoothedExpr' || name === 'AnchoredExpr';
}

export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== 'LineComment') children.push(child);
  }
  return children;
}
