import type { Rules } from '../model/environment.ts';
import type { Plan } from '../model/plan.ts';
import { counted } from '../plan/words/counting.ts';
import type { Check } from '../ports/checks.ts';
import type { Approvals } from './approvals.ts';

export interface Missing {
  readonly code: 'confirmation' | 'approval' | 'refusal' | 'check' | 'gate';
  /** Reads after `waits for`: `1 confirmation`, `ci/test (pending)`. */
  readonly words: string;
}

export interface MergeVerdict {
  readonly missing: readonly Missing[];
  /** Nothing is missing: whoever merges now does right. */
  readonly isOpen: boolean;
  /** Open, and the rules let Drover merge by itself. */
  readonly mayMergeItself: boolean;
}

export interface GateInput {
  /** The live branch's. */
  readonly rules: Rules;
  readonly plan: Plan;
  /** Who confirmed this very digest. */
  readonly confirmedBy: readonly string[];
  readonly approvals: Approvals;
  /** All statuses of the head. */
  readonly checks: readonly Check[];
  /** Contexts that this verdict itself is posted as, which would wait for themselves. */
  readonly ownContexts: readonly string[];
  /** Contexts that must be there and green. */
  readonly requiredContexts: readonly string[];
  /** What other gates wait for, in words: `dev to converge`. */
  readonly gates?: readonly string[];
}

/** What is missing before a proposal may merge. Everything it is judged by is read right before. */
export function judgeMerge(input: GateInput): MergeVerdict {
  const { rules, approvals, gates = [] } = input;
  const missing: readonly Missing[] = [
    ...missingConfirmation(input),
    ...missingApprovals(rules, approvals),
    ...missingChecks(input),
    ...gates.map((words) => ({ code: 'gate' as const, words })),
  ];
  const isOpen = missing.length === 0;
  return { missing, isOpen, mayMergeItself: isOpen && rules.merge === 'Auto' };
}

function missingConfirmation({ plan, confirmedBy }: GateInput): readonly Missing[] {
  const isMissing = plan.guard.tripped && confirmedBy.length === 0;
  return isMissing ? [{ code: 'confirmation', words: '1 confirmation' }] : [];
}

function missingApprovals(rules: Rules, { approvedBy, refusedBy }: Approvals): readonly Missing[] {
  const count = rules.approvals.count - approvedBy.length;
  return [
    ...(count > 0 ? [{ code: 'approval' as const, words: counted(count, 'approval') }] : []),
    ...refusedBy.map((login) => ({ code: 'refusal' as const, words: `the changes that ${login} asks for` })),
  ];
}

function missingChecks({ checks, ownContexts, requiredContexts }: GateInput): readonly Missing[] {
  const stateByContext = new Map(checks.map(({ context, state }) => [context, state]));
  const contexts = [...new Set([...requiredContexts, ...stateByContext.keys()])].sort();
  return contexts
    .filter((context) => !ownContexts.includes(context) && stateByContext.get(context) !== 'success')
    .map((context) => ({
      code: 'check',
      words: `${context} (${stateByContext.get(context) ?? 'not there'})`,
    }));
}
