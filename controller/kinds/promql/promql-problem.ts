import type { TextRange } from '../../model/text-range.ts';

/** What is wrong with a query, and where in it. */
export interface PromqlProblem {
  /** `syntax`: it can’t be read; the others: it can, and Prometheus refuses it still. */
  readonly about: 'syntax' | 'function' | 'types' | 'selector';
  readonly message: string;
  readonly hint?: string | undefined;
  readonly range: TextRange;
}
