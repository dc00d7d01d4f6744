/** What can be said of a condition: it holds, it does not, or the definitions don't say enough. */
export type Verdict = 'yes' | 'no' | 'unknown';

export function verdictOf(holds: boolean): Verdict {
  return holds ? 'yes' : 'no';
}

/** One `no` decides; without one, one `unknown` leaves it open. */
export function allOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('no')) return 'no';
  return verdicts.includes('unknown') ? 'unknown' : 'yes';
}
