import test from 'ava';
import { isInRange } from '../../controller/compile/version-range.ts';

for (const [version, range, expected] of [
  ['0.4.0', '>=0.4 <0.6', true],
  ['0.5.9', '>=0.4 <0.6', true],
  ['0.6.0', '>=0.4 <0.6', false],
  ['0.3.9', '>=0.4 <0.6', false],
  ['0.4.0', '0.4', true],
  ['0.4.1', '=0.4', false],
  ['0.4.0', '>0.4', false],
  ['0.4.0', '<=0.4.0', true],
  ['1.10.0', '>1.9', true],
  ['0.5.0-rc.1', '>=0.5', true],
  ['0.4.0', 'newest', undefined],
  ['0.4.0', '^0.4', undefined],
  ['0.4.0', '', undefined],
] as const) {
  test(`${version} in "${range}" is ${String(expected)}`, (t) => {
    t.is(isInRange(version, range), expected);
  });
}
