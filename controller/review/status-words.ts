import { type Diagnostic, hasErrors } from '../model/diagnostic.ts';
import { isBrokenRule, type Plan } from '../model/plan.ts';
import { counted } from '../plan/words/counting.ts';
import type { Check } from '../ports/checks.ts';
import type { MergeVerdict } from './merge-gate.ts';

/** A status without its context: the number that matters first, no times that move. */
export type StatusWords = Pick<Check, 'state' | 'description'>;

/** One line of at most `limit` UTF-16 units, cut at a word, with an ellipsis where something was cut. */
export function cutToWord(text: string, limit: number): string {
  const line = text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  if (line.length <= limit) return line;
  const head = line.slice(0, limit - 1);
  const space = head.lastIndexOf(' ');
  // A word of half the line is cut inside, else little would be left; never between the halves of one character.
  const cut = space > limit / 2 ? head.slice(0, space) : head.replace(/[\ud800-\udbff]$/, '');
  return `${cut}…`;
}

/** `2 errors, 1 warning; web.yaml:3 port 8080 is taken`. */
export function findingsStatus(diagnostics: readonly Diagnostic[]): StatusWords {
  const count = (severity: Diagnostic['severity']) =>
    diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  const [errors, warnings] = [count('error'), count('warning')];
  if (!hasErrors(diagnostics)) {
    return { state: 'success', description: warnings === 0 ? 'no findings' : counted(warnings, 'warning') };
  }
  const first = diagnostics.find(({ severity }) => severity === 'error');
  const where = first === undefined ? '' : `; ${first.span.path}:${first.span.line} ${first.message}`;
  const warned = warnings === 0 ? '' : `, ${counted(warnings, 'warning')}`;
  return { state: 'failure', description: `${counted(errors, 'error')}${warned}${where}` };
}

/** `12 changes: 1 added, 10 changed, 1 deleted, 2 dangers (4f1c9a2e)`. */
export function planStatus(plan: Plan): StatusWords {
  const { actions, dangers, digest } = plan;
  if (actions.length === 0 && dangers.length === 0) return { state: 'success', description: 'no change' };
  const count = (...verbs: readonly string[]) => actions.filter(({ verb }) => verbs.includes(verb)).length;
  const parts = [
    [count('create'), 'added'],
    [count('update', 'replace'), 'changed'],
    [count('delete'), 'deleted'],
  ] as const;
  const words = parts.filter(([number]) => number > 0).map(([number, verb]) => `${number} ${verb}`);
  if (dangers.length > 0) words.push(counted(dangers.length, 'danger'));
  const description = `${counted(actions.length, 'change')}: ${words.join(', ')} (${digest.slice(0, 8)})`;
  return { state: 'success', description };
}

/** Green when the guard is silent or this very digest is confirmed. */
export function policyStatus(plan: Plan, confirmedBy: readonly string[]): StatusWords {
  const { guard, digest } = plan;
  if (!guard.tripped) return { state: 'success', description: 'nothing to confirm' };
  const command = digest.slice(0, 8);
  if (confirmedBy.length > 0) {
    return { state: 'success', description: `${command} confirmed by ${confirmedBy.join(', ')}` };
  }
  const over = guard.taken > guard.allowed ? `${guard.taken} taken away, ${guard.allowed} allowed; ` : '';
  const why = brokenRuleWords(plan) ?? over;
  return { state: 'failure', description: `${why}waits for: drover confirm ${command}` };
}

const maxPolicyWords = 90;

/** The first of the fleet's own rules that asks for a confirmation, short enough that the command is still seen. */
function brokenRuleWords({ dangers }: Plan): string | undefined {
  const broken = dangers.find(isBrokenRule);
  if (broken === undefined) return undefined;
  return `${cutToWord(`${broken.unit}: ${broken.message}`, maxPolicyWords)}; `;
}

/** Green when nothing else is missing. Red and not pending: nobody knows when a person comes. */
export function gateStatus({ missing }: MergeVerdict): StatusWords {
  const words = missing.filter(({ code }) => code !== 'confirmation').map((piece) => piece.words);
  if (words.length === 0) return { state: 'success', description: 'open' };
  return { state: 'failure', description: `waits for ${words.join(', ')}` };
}
