import type { Plan } from '../../model/plan.ts';
import { inertHtml } from '../inert.ts';
import type { ProposalContext } from './proposal-context.ts';

/** One small line: from what it was made, with what, and how to make it again. */
export function provenanceLine(plan: Plan, context: ProposalContext): string {
  const { definitions, droverVersion, planUrl } = context;
  const code = (text: string) => `<code>${inertHtml(text)}</code>`;
  const commit = definitions.id.slice(0, 10);
  const isCommitted = !/^0+$/.test(definitions.id);
  const author = `${inertHtml(definitions.author)}: ${inertHtml(definitions.subject.slice(0, 100))}`;
  const parts = [
    isCommitted ? `definitions ${code(commit)} (${author})` : 'definitions that are not committed',
    `rendered by Drover ${inertHtml(droverVersion)}`,
    `plan ${code(plan.digest.slice(0, 8))}`,
    ...(planUrl === undefined ? [] : [`<a href="${inertUrl(planUrl)}">full plan</a>`]),
    ...(isCommitted
      ? [`again by hand: ${code(`drover plan --environment ${plan.environment} --at ${commit}`)}`]
      : []),
  ];
  return `<sub>${parts.join(' · ')}</sub>`;
}

/** Only http and https lead anywhere. */
function inertUrl(url: string): string {
  return /^https?:\/\/[\w.:/?&=%#~+-]+$/.test(url) ? url.replaceAll('&', '&amp;') : '';
}
