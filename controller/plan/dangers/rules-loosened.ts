import { hasReadableRules } from '../../kinds/readable-rules.ts';
import type { Rules } from '../../model/environment.ts';
import { isJsonObject } from '../../model/json.ts';
import type { Danger } from '../../model/plan.ts';
import type { DangerInput } from '../unit-change.ts';
import { loosenedPolicies } from './loosened-policies.ts';
import { loosenedTenants } from './loosened-tenants.ts';
import { loosenedWaivers } from './loosened-waivers.ts';

/** One rule: what is said when the second is looser than the first. */
interface Loosening {
  readonly words: string;
  readonly isLooser: (before: Rules, after: Rules) => boolean;
}

const loosenings: readonly Loosening[] = [
  { words: 'mode Observe → Enforce', isLooser: (a, b) => a.mode === 'Observe' && b.mode === 'Enforce' },
  { words: 'merge Manual → Auto', isLooser: (a, b) => a.merge === 'Manual' && b.merge === 'Auto' },
  { words: 'fewer approvals', isLooser: (a, b) => b.approvals.count < a.approvals.count },
  {
    words: 'the guard lets more be taken away',
    isLooser: ({ guard: a }, { guard: b }) =>
      b.deletes.count > a.deletes.count || b.deletes.percent > a.deletes.percent,
  },
  {
    words: 'stateful changes need no confirmation',
    isLooser: (a, b) => a.guard.stateful === 'Confirm' && b.guard.stateful === 'Allow',
  },
  { words: 'more people may confirm', isLooser: (a, b) => confirmsMore(a, b) },
  {
    words: 'waits for fewer environments',
    isLooser: (a, b) => a.after.some((name) => !b.after.includes(name)),
  },
  { words: 'shorter soak', isLooser: (a, b) => b.soakMs < a.soakMs },
  {
    words: 'more failures before a rollout stops',
    isLooser: (a, b) => b.rollout.stopAfterFailures > a.rollout.stopAfterFailures,
  },
  {
    words: 'fewer servers count as converged',
    isLooser: (a, b) => b.converged.serversPercent < a.converged.serversPercent,
  },
];

/**
 * Loosened rules are judged by the old ones. Where those let Drover merge by itself, nobody would look: then a person
 * confirms.
 */
export function rulesLoosened({ rules, proposedRules }: DangerInput): readonly Danger[] {
  if (proposedRules === undefined) return [];
  const confirm = rules.merge === 'Auto';
  const words = isRules(proposedRules) ? loosenedWords(rules, proposedRules) : ['the rules are unreadable'];
  if (words.length === 0) return [];
  return [{ code: 'RulesLoosened', unit: 'rules', message: `Loosens rules: ${words.join(', ')}.`, confirm }];
}

function loosenedWords(before: Rules, after: Rules): readonly string[] {
  const looser = loosenings.filter(({ isLooser }) => isLooser(before, after)).map(({ words }) => words);
  return [
    ...looser,
    ...loosenedPolicies(before, after),
    ...loosenedTenants(before, after),
    ...loosenedWaivers(before, after),
  ];
}

/** Nobody named means everybody who may write. */
function confirmsMore({ guard: before }: Rules, { guard: after }: Rules): boolean {
  if (before.confirmers.length === 0) return false;
  return after.confirmers.length === 0 || after.confirmers.some((name) => !before.confirmers.includes(name));
}

function isRules(value: unknown): value is Rules {
  if (!isJsonObject(value) || !Array.isArray(value['after'])) return false;
  const parts = ['approvals', 'guard', 'rollout', 'converged', 'drift'];
  return hasReadableRules(value) && parts.every((part) => isJsonObject(value[part]));
}
