import type { Plan } from '../../model/plan.ts';
import { unitKey } from '../../model/tree.ts';
import { codeSpan, inertText } from '../inert.ts';
import { counted } from './counting.ts';
import { firstOf } from './detail.ts';

const maxUnits = 30;

/** Units that this plan does not touch, and that are not as they were defined. */
export function driftSection({ actions, live }: Plan): readonly string[] {
  const touched = new Set(actions.map(unitKey));
  const drifted = (live?.findings ?? []).filter(
    ({ unit, state }) => !touched.has(unit) && (state === 'differs' || state === 'absent'),
  );
  if (drifted.length === 0) return [];
  const { shown, hidden } = firstOf(drifted, maxUnits);
  const lines = shown.map(({ unit, state, notes }) => {
    const words = state === 'absent' ? 'is not there' : 'differs from what was defined';
    return `- ${codeSpan(unit)} ${words}${notes.length === 0 ? '' : `: ${inertText(notes.join('; '))}`}`;
  });
  const more = hidden === 0 ? [] : [`- … and ${counted(hidden, 'unit')} more`];
  return ['#### On the clusters now', [...lines, ...more].join('\n')];
}
