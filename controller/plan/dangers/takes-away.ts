import type { Danger } from '../../model/plan.ts';
import type { DangerInput } from '../unit-change.ts';

const shownParts = 5;

export function takesParts({ changes }: DangerInput): readonly Danger[] {
  return changes
    .filter(({ takes }) => takes.length > 0)
    .map(({ pair, takes }) => {
      const more = takes.length - shownParts;
      const parts = more > 0 ? [...takes.slice(0, shownParts), `${more} more`] : takes;
      return { code: 'TakesAway', unit: pair.id, message: `${sentence(parts.join(', '))}.`, confirm: false };
    });
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
