import test from 'ava';
import * as fc from 'fast-check';
import { isTimeZone, nextMatch, parseCron } from '../../controller/kinds/cron.ts';

const start = Date.UTC(2026, 0, 1);

function next(text: string, after: number = start): string | undefined {
  const read = parseCron(text);
  if (!read.ok) throw new Error(read.message);
  const found = nextMatch(read.cron, after);
  return found === undefined ? undefined : new Date(found).toISOString().slice(0, 16);
}

test('the next match is the first minute that fits all fields', (t) => {
  t.is(next('15 2 * * *'), '2026-01-01T02:15');
  t.is(next('0 9 * * 1-4'), '2026-01-01T09:00');
  t.is(next('0 9 * * 1-4', Date.UTC(2026, 0, 1, 9)), '2026-01-05T09:00');
  t.is(next('*/20 * * * *'), '2026-01-01T00:20');
  t.is(next('5/20 23 31 DEC *'), '2026-12-31T23:05');
  t.is(next('0 0 * feb sun'), '2026-02-01T00:00');
  t.is(next('0 0 29 2 *'), '2028-02-29T00:00');
  t.is(next('0 12 * * 7'), '2026-01-04T12:00');
  t.is(next('@monthly'), '2026-02-01T00:00');
});

test('where both days are restricted, either suffices', (t) => {
  t.is(next('0 0 13 * FRI'), '2026-01-02T00:00');
  t.is(next('0 0 30 2 MON'), '2026-02-02T00:00');
});

test('a day that no month has is never', (t) => {
  t.is(next('0 0 30 2 *'), undefined);
  t.is(next('0 0 31 4,6,9,11 *'), undefined);
});

test('what is no cron expression is told with the part that is wrong', (t) => {
  const messageOf = (text: string) => {
    const read = parseCron(text);
    return read.ok ? '' : read.message;
  };
  t.regex(messageOf('0 9 * *'), /has 4 fields/);
  t.regex(messageOf('0 25 * * *'), /"25" is no hour: it goes from 0 to 23/);
  t.regex(messageOf('0 9 * * mon-fry'), /"mon-fry" is no day of the week/);
  t.regex(messageOf('0 9 * * 5-1'), /runs backwards/);
  t.regex(messageOf('*/0 9 * * *'), /step of 0/);
  t.regex(messageOf('*-5 9 * * *'), /no minute/);
  t.regex(messageOf('@reboot'), /has 1 fields/);
});

test('time zones are those that the runtime knows', (t) => {
  t.true(isTimeZone('Europe/Berlin'));
  t.true(isTimeZone('UTC'));
  for (const name of ['Europe/Berlln', 'Mars', '', '../etc', '+25:99']) t.false(isTimeZone(name), name);
});

test('no text throws, and what is found fits and is the earliest', (t) => {
  const part = fc.oneof(fc.constant('*'), fc.constant('*/7'), fc.constant('1-3'), fc.constant('1,2'));
  fc.assert(
    fc.property(fc.array(part, { minLength: 5, maxLength: 5 }), fc.nat(3_000_000), (parts, minutes) => {
      const read = parseCron(parts.join(' '));
      if (!read.ok) return false;
      const after = start + minutes * 60_000;
      const found = nextMatch(read.cron, after);
      if (found === undefined) return false;
      // Nothing between matches either: asking again from any earlier minute gives the same.
      const between = after + Math.floor((found - after) / 2);
      return found > after && nextMatch(read.cron, between) === (between < found ? found : undefined);
    }),
    { numRuns: 300 },
  );
  fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => typeof parseCron(text).ok === 'boolean'));
  t.pass();
});
