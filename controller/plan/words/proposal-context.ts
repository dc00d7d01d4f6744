import type { MergeMode, Mode, RolloutRules } from '../../model/environment.ts';

/** What the words of a proposal need beside its plan. */
export interface ProposalContext {
  /** What still has to happen before the merge, in words: `1 confirmation`; empty: nothing. */
  readonly missing: readonly string[];
  readonly mode: Mode;
  readonly merge: MergeMode;
  /** The live branch's: for the order after the merge. Left out: the order is not told. */
  readonly rollout?: RolloutRules;
  /** The definitions commit that was rendered. */
  readonly definitions: { readonly id: string; readonly author: string; readonly subject: string };
  readonly droverVersion: string;
  /** Who confirmed this very digest. */
  readonly confirmedBy: readonly string[];
  /** Sentences shown under the verdict: foreign commits, holds, a rollback. */
  readonly notes?: readonly string[];
  readonly planUrl?: string;
  /** Values that may appear nowhere. */
  readonly secrets?: readonly string[];
}
