import { isTimeZone, parseCron } from './cron.ts';

export interface ScheduleProblem {
  readonly message: string;
  readonly hint: string;
}

/** What is wrong with a schedule of Nomad’s. It knows more than the five plain fields: what it alone reads is left to it. */
export function cronProblem(cron: string): ScheduleProblem | undefined {
  const count = cron.trim().split(/\s+/).length;
  if (count === 6 || count === 7 || /[LW#?]/.test(cron)) return undefined;
  const outcome = parseCron(cron);
  return outcome.ok ? undefined : { message: outcome.message, hint: outcome.hint };
}

export function zoneProblem(timezone: string): ScheduleProblem | undefined {
  if (timezone === 'Local' || isTimeZone(timezone)) return undefined;
  return { message: `there is no time zone "${timezone}"`, hint: 'write it as Europe/Berlin' };
}
