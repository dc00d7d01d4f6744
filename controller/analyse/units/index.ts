import type { Rule } from '../rule.ts';
import { programs, shellWords } from './commands.ts';
import { ignoredValue } from './ignored-value.ts';
import { unitRule } from './read-units.ts';
import { refusedUnit } from './refused-unit.ts';
import { unknownDirective } from './unknown-directive.ts';
import { unknownTarget } from './unknown-target.ts';

/** Unit files of systemd, as it reads them. */
export const unitRules: readonly Rule[] = [
  unitRule([unknownDirective, programs, shellWords, ignoredValue, refusedUnit, unknownTarget]),
];
