import { didYouMean } from '../../model/nearest.ts';
import { unitOf, unitType } from '../machines/unit-texts.ts';
import { directives } from './directives.ts';
import type { UnitJudge } from './read-units.ts';
import { unitCodes } from './unit-codes.ts';

/** Names of assignments are those that systemd reads in their section. */
export const unknownDirective: UnitJudge = ({ text, read, say }) => {
  const type = unitType(unitOf(text.path));
  return read.entries.flatMap((entry) => {
    const { section, key } = entry;
    const known = directives.get(section);
    if (known === undefined || known.has(key) || key.startsWith('X-')) return [];
    const hint = elsewhere(key, section, type) ?? didYouMean(key, known);
    return [say(unitCodes.unknownDirective, entry, { message: `[${section}] has no ${key}=`, hint })];
  });
};

/** A name of another section that a unit of this type has. */
function elsewhere(key: string, section: string, type: string): string | undefined {
  const own = type.charAt(0).toUpperCase() + type.slice(1);
  const home = ['Unit', own, 'Install'].find((name) => directives.get(name)?.has(key) === true);
  return home === undefined || home === section ? undefined : `${key}= belongs into [${home}]`;
}
