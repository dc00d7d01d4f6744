import type { Check, Checks } from '../ports/checks.ts';
import { cutToWord } from './status-words.ts';

/** What all forges take. */
export const maxDescriptionLength = 140;

/**
 * Posts the statuses that differ from what the commit has; gives those posted. Descriptions are made one line of at most
 * 140 characters. A `pending` one must say until when: the caller has the deadline. May be repeated.
 */
export async function ensureChecks(
  checks: Checks,
  { commit, wanted }: { commit: string; wanted: readonly Check[] },
  signal: AbortSignal,
): Promise<readonly Check[]> {
  if (wanted.length === 0) return [];
  const present = new Map((await checks.list(commit, signal)).map((check) => [check.context, check]));
  const posted: Check[] = [];
  for (const check of wanted.map(shortened)) {
    if (isSameCheck(present.get(check.context), check)) continue;
    await checks.post(commit, check, signal);
    posted.push(check);
  }
  return posted;
}

function shortened(check: Check): Check {
  return { ...check, description: cutToWord(check.description, maxDescriptionLength) };
}

function isSameCheck(present: Check | undefined, wanted: Check): boolean {
  return (
    present !== undefined &&
    present.state === wanted.state &&
    present.description === wanted.description &&
    present.url === wanted.url
  );
}
