/** A mistake in the text of a policy, with its offsets; the end is exclusive. */
export interface RuleProblem {
  readonly message: string;
  readonly hint?: string | undefined;
  readonly at: number;
  readonly end: number;
}
