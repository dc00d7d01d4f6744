import type { Danger } from '../../model/plan.ts';
import { type DangerInput, hasMark, takesAway } from '../unit-change.ts';

/** What takes away from a protected unit, and taking the mark off, which alone changes no file. */
export function protectedUnits({ pairs }: DangerInput): readonly Danger[] {
  return pairs.flatMap((pair) => {
    if (!hasMark(pair, 'protect')) return [];
    const isUnmarked =
      pair.after !== undefined &&
      pair.before?.entry.options.protect === true &&
      pair.after.entry.options.protect !== true;
    if (!isUnmarked && !takesAway(pair)) return [];
    const message = isUnmarked
      ? 'Takes the protection off.'
      : 'It is protected, and something is taken away.';
    return [{ code: 'Protected', unit: pair.id, message, confirm: true }];
  });
}
