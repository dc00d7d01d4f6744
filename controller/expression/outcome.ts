import type { Mistake } from '../model/diagnostic.ts';
import type { CodeEntry } from '../model/diagnostic-code.ts';
import type { Json } from '../model/json.ts';
import type { SecretReference } from '../model/payload.ts';

/** Why an expression has no value. Offsets count UTF-16 units inside the expression. */
export interface ExpressionProblem {
  readonly entry: CodeEntry;
  readonly message: string;
  readonly hint?: string | undefined;
  /** Set when other expressions may make the same mistake. */
  readonly mistake?: Mistake;
  readonly start?: number | undefined;
  readonly end?: number | undefined;
}

export type ExpressionOutcome =
  | { readonly ok: true; readonly value: Json; readonly secrets: readonly SecretReference[] }
  | { readonly ok: false; readonly problem: ExpressionProblem };
