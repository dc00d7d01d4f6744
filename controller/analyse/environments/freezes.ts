import type { Rule } from '../rule.ts';
import { environmentCodes } from './environment-codes.ts';
import { ownEnvironment } from './own-environment.ts';

/** A freeze lasts from one day of the calendar to a later one. */
export const freezes: Rule = (fleet) => {
  const own = ownEnvironment(fleet);
  return (own?.spec.freezes ?? []).flatMap((freeze, index) => {
    const wrong = (['from', 'to'] as const).filter((field) => !isDay(freeze[field]));
    const each = wrong.map((field) => {
      const message = `"${freeze[field]}" is no day of the calendar`;
      return own?.find(environmentCodes.freeze, ['freezes', index, field], message);
    });
    const isBackwards = wrong.length === 0 && freeze.to < freeze.from;
    const message = `the freeze ends on ${freeze.to}, before it begins on ${freeze.from}`;
    const order = isBackwards
      ? own?.find(environmentCodes.freeze, ['freezes', index, 'to'], message)
      : undefined;
    return [...each, order].filter((found) => found !== undefined);
  });
};

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  // 30 February would be read as a day of March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
