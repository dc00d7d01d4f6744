import { parser } from '@prometheus-io/lezer-promql';
import { expressionOf } from './expression.ts';
import { forGrammar } from './for-grammar.ts';
import { grammarProblem } from './grammar-problem.ts';
import { typeOf } from './judge-types.ts';
import type { PromqlProblem } from './promql-problem.ts';
import type { PromqlType } from './signatures.ts';
import { textProblem } from './text-problem.ts';

/** Longer queries are only looked at for brackets and texts: looking must stay cheap. */
const maxLength = 8 * 1024;

export interface PromqlVerdict {
  /** In the order of reading; of what can’t be read only the first is told. */
  readonly problems: readonly PromqlProblem[];
  readonly type: PromqlType;
}

/**
 * A query as Prometheus’s parser would judge it: its own grammar first, then types and arguments. What only a newer version or
 * a feature flag allows is let through.
 */
export function judgePromql(query: string): PromqlVerdict {
  const inText = textProblem(query);
  if (inText !== undefined) return { problems: [inText], type: 'unknown' };
  if (query.length > maxLength) return { problems: [], type: 'unknown' };
  const tree = parser.parse(forGrammar(query));
  const unread = grammarProblem(tree, query);
  if (unread !== undefined) return { problems: [unread], type: 'unknown' };
  const root = tree.topNode.firstChild;
  const top = root?.name === 'LineComment' ? root.nextSibling : root;
  if (top === null || top === undefined) return { problems: [], type: 'unknown' };
  const problems: PromqlProblem[] = [];
  const type = typeOf(expressionOf(top), query, problems);
  return { problems, type: problems.length === 0 ? type : 'unknown' };
}
