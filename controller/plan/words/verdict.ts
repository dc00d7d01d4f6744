import type { Plan } from '../../model/plan.ts';
import { codeSpan, inertText } from '../inert.ts';
import { counterWords } from './counters.ts';
import { counted, listed } from './counting.ts';
import type { ProposalContext } from './proposal-context.ts';

/** The first line a person reads: what is missing, else what changes and who merges. */
export function verdictLine(plan: Plan, context: ProposalContext): string {
  return `### Plan for ${codeSpan(plan.environment)}: ${verdictWords(plan, context)}`;
}

function verdictWords(plan: Plan, { missing, mode, merge }: ProposalContext): string {
  const isEmpty = plan.actions.length === 0 && plan.dangers.length === 0;
  if (missing.length > 0) return `waits for ${listed(missing.map(inertText), 3)}`;
  if (isEmpty) return 'nothing changes';
  const changes = changeWords(plan);
  if (mode === 'Observe') return `${changes}; only observed, nothing is written`;
  return `${changes}, ${merge === 'Auto' ? 'merges by itself' : 'ready to merge'}`;
}

/** Named while there are two sorts of them at most, else only counted: the counters follow below. */
function changeWords(plan: Plan): string {
  if (plan.actions.length === 0) return 'only rules or marks change';
  const words = counterWords(plan);
  return words.length <= 2 ? words.join(', ') : counted(plan.actions.length, 'change');
}
