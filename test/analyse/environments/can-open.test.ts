import test from 'ava';
import * as fc from 'fast-check';
import { canOpen, type WindowTimes } from '../../../controller/analyse/environments/can-open.ts';
import { parseCron } from '../../../controller/kinds/cron.ts';

const hourMs = 3_600_000;

function times(text: string, hours: number): WindowTimes {
  const read = parseCron(text);
  if (!read.ok) throw new Error(read.message);
  return { cron: read.cron, lastsMs: hours * hourMs };
}

test('what is denied all day, every day, never opens', (t) => {
  t.false(canOpen({ allow: [], deny: [times('0 0 * * *', 24)] }));
  t.true(canOpen({ allow: [], deny: [times('0 0 * * *', 23)] }));
  t.false(canOpen({ allow: [times('0 9 * * 1-4', 7)], deny: [times('0 8 * * *', 9)] }));
});

test('a minute that one window leaves open suffices', (t) => {
  const allow = [times('0 9 * * 1-4', 7)];
  t.true(canOpen({ allow, deny: [times('0 8 * * 1-3', 9)] }));
  t.true(canOpen({ allow, deny: [times('1 9 * * *', 9)] }));
  t.false(canOpen({ allow, deny: [times('0 0 * * *', 12), times('0 12 * * *', 12)] }));
});

test('a window that lasts no time opens nothing', (t) => {
  t.false(canOpen({ allow: [times('0 9 * * *', 0)], deny: [] }));
});

test('too many times to be sure are no finding, and take no time', (t) => {
  const began = performance.now();
  t.true(canOpen({ allow: [], deny: [times('* * * * *', 24)] }));
  t.true(performance.now() - began < 2000);
});

test('to deny more never opens more', (t) => {
  const window = fc
    .record({ hour: fc.nat(23), days: fc.constantFrom('*', '1-5', '6,0', '3'), hours: fc.nat(30) })
    .map(({ hour, days, hours }) => times(`0 ${hour} * * ${days}`, hours));
  const windows = fc.array(window, { maxLength: 4 });
  fc.assert(
    fc.property(windows, windows, window, (allow, deny, more) => {
      return canOpen({ allow, deny }) || !canOpen({ allow, deny: [...deny, more] });
    }),
    { numRuns: 100 },
  );
  t.pass();
});
