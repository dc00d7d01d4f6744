import type { Plan } from '../../model/plan.ts';
import { codeSpan, inertText } from '../inert.ts';
import { counterWords } from './counters.ts';
import { listed } from './counting.ts';
import type { ProposalContext } from './proposal-context.ts';

/** The first line a person reads: what is missing, else what changes and who merges. */
export function verdictLine(plan: Plan, context: ProposalContext): string {
  return `### Plan for ${codeSpan(plan.environment)}: ${verdictWords(plan, context)}`;
}

function verdictWords(plan: Plan, { missing, mode, merge }: ProposalContext): string {
  const isEmpty = plan.actions.length === 0 && plan.dangers.length === 0;
  if (missing.length > 0) return `waits for ${listed(missing.map(inertText), 3)}`;
  if (isEmpty) return 'nothing changes';
  const changes = listed(plan.actions.length === 0 ? ['only rules change'] : counterWords(plan), 2);
  if (mode === 'Observe') return `${changes}; only observed, nothing is written`;
  return `${changes}, ${merge === 'Auto' ? 'merges by itself' : 'ready to merge'}`;
}
