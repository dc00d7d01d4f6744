import type { CodeEntry } from '../../model/diagnostic-code.ts';

/** Findings about the annotation `drover.dev/waive`. */
export const waiverCodes = {
  expired: {
    code: 'DRV0940',
    severity: 'warning',
    title: 'Waiver that has expired',
    why: 'A finding is accepted until a day; after it the finding is back.',
    fix: 'correct what the finding says, or give a new day and reason',
  },
  unused: {
    code: 'DRV0941',
    severity: 'warning',
    title: 'Waiver of nothing',
    why: 'No finding of this code points into the definition, so the waiver would hide the next one unseen.',
    fix: 'take the waiver out',
  },
  farAway: {
    code: 'DRV0942',
    severity: 'warning',
    title: 'Waiver for more than a year',
    why: 'What is accepted for so long is looked at by nobody again.',
    fix: 'give a day within a year',
  },
  notWaivable: {
    code: 'DRV0943',
    severity: 'error',
    title: 'Waiver of what can’t be accepted',
    why: 'Without it the definition has no meaning, or it is a rule that others set for its author.',
    fix: 'take the waiver out and correct what the finding says',
  },
} as const satisfies Record<string, CodeEntry>;
