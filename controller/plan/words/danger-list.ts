import type { Danger, GuardVerdict, Plan } from '../../model/plan.ts';
import { codeSpan, fence, inertText } from '../inert.ts';
import { counted, listed } from './counting.ts';
import { type Detail, firstOf } from './detail.ts';

/** How a confirmation is written: the first hex digits of the digest. */
export function confirmCommand(digest: string): string {
  return `drover confirm ${digest.slice(0, 8)}`;
}

export const dangerTitles: Readonly<Record<Danger['code'], string>> = {
  RulesLoosened: 'Rules',
  Protected: 'Protected',
  Stateful: 'Stateful',
  Delete: 'Deletes',
  Replace: 'Replaces',
  TakesAway: 'Takes away',
  QuorumRestart: 'Quorum',
  CutsOff: 'Contact',
  RunsOnce: "Can't be undone",
  Policy: 'Policy',
  Tenant: 'Tenant',
};

/** Numbered, one line a danger; the same danger on many units is one line with their count and names. */
export function dangerSection(
  plan: Plan,
  { dangers: limit }: Detail,
  confirmedBy?: readonly string[],
): readonly string[] {
  const groups = groupDangers(plan.dangers);
  if (groups.length === 0) return [];
  const { shown, hidden } = firstOf(groups, limit);
  const lines = shown.map((group, index) => `${index + 1}. ${dangerWords(group)}`);
  const more = hidden === 0 ? [] : [`… and ${counted(hidden, 'danger')} more.`];
  return ['#### Dangers', [...lines, ...more].join('\n'), ...guardWords(plan, confirmedBy)];
}

/** The same danger on many units is said once. */
export function groupDangers(dangers: readonly Danger[]): readonly (readonly Danger[])[] {
  const groups = new Map<string, Danger[]>();
  for (const danger of dangers) {
    const key = JSON.stringify([danger.code, danger.message, danger.confirm]);
    const group = groups.get(key) ?? [];
    group.push(danger);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function dangerWords(group: readonly Danger[]): string {
  const [first] = group;
  if (first === undefined) return '';
  const units = listed(
    group.map(({ unit }) => codeSpan(unit)),
    8,
  );
  const count = group.length === 1 ? '' : `${group.length} units: `;
  const confirm = first.confirm ? ' → needs a confirmation' : '';
  return `**${dangerTitles[first.code]}** ${count}${units}: ${inertText(first.message)}${confirm}`;
}

/** What the guard counts, where it is too much. */
export function overAllowed({ taken, total, allowed }: GuardVerdict): readonly string[] {
  if (taken <= allowed) return [];
  return [
    `Takes something away from ${taken} of ${total} units since the last converged commit; ${allowed} may pass without a confirmation.`,
  ];
}

function guardWords({ guard, digest }: Plan, confirmedBy: readonly string[] | undefined): readonly string[] {
  if (!guard.tripped) return [];
  const over = overAllowed(guard);
  // Without a list of who confirmed it is a preview: nothing is to be confirmed there.
  if (confirmedBy === undefined) return [...over, 'The proposal will need a confirmation.'];
  if (confirmedBy.length > 0) return [...over, `Confirmed by ${confirmedBy.map(inertText).join(', ')}.`];
  return [
    ...over,
    `Who may write confirms this very plan with the comment\n${fence(confirmCommand(digest))}`,
  ];
}
