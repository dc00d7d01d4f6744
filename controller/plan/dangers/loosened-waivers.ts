import type { AcceptedFinding, Rules } from '../../model/environment.ts';

const shownWaivers = 20;
const shownNames = 3;
const maxReasonLength = 200;

/** Findings that are accepted and were not, or for longer. One that ends earlier or goes loosens nothing. */
export function loosenedWaivers(
  { waivers: before = [] }: Rules,
  { waivers: after = [] }: Rules,
): readonly string[] {
  const days = lastDays(before);
  const fresh = after.flatMap((waiver) => {
    const on = waiver.on.filter((id) => waiver.until > (days.get(keyOf(waiver, id)) ?? ''));
    return on.length === 0 ? [] : [wordsOf({ ...waiver, on })];
  });
  const more = fresh.length - shownWaivers;
  return more > 0 ? [...fresh.slice(0, shownWaivers), `${more} more waivers`] : fresh;
}

/** Until when each finding is accepted: of several waivers the longest holds. */
function lastDays(waivers: readonly AcceptedFinding[]): ReadonlyMap<string, string> {
  const days = new Map<string, string>();
  for (const waiver of waivers) {
    for (const id of waiver.on) {
      const key = keyOf(waiver, id);
      const known = days.get(key) ?? '';
      days.set(key, waiver.until > known ? waiver.until : known);
    }
  }
  return days;
}

function keyOf({ code }: AcceptedFinding, id: string): string {
  return `${code} ${id}`;
}

function wordsOf({ code, until, reason, on }: AcceptedFinding): string {
  const hidden = on.length - shownNames;
  const names = [...on.slice(0, shownNames), ...(hidden > 0 ? [`${hidden} more`] : [])].join(', ');
  const cut = reason.length > maxReasonLength ? `${reason.slice(0, maxReasonLength)}…` : reason;
  return `waives ${code} of ${names} until ${until} (${cut})`;
}
