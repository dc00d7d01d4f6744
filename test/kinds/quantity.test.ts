import test from 'ava';
import * as fc from 'fast-check';
import { durationMs, frequencyMHz, quantityOr, sizeBytes } from '../../controller/kinds/quantity.ts';

const value = (quantity: ReturnType<typeof durationMs>) => (quantity.ok ? quantity.value : undefined);
const hint = (quantity: ReturnType<typeof durationMs>) => (quantity.ok ? undefined : quantity.hint);

test('durations are read in milliseconds', (t) => {
  const read = ['500ms', '30s', '5m', '1h30m', '1.5h', '7d', '2w', '0'].map((text) =>
    value(durationMs(text)),
  );
  t.deepEqual(read, [500, 30_000, 300_000, 5_400_000, 5_400_000, 604_800_000, 1_209_600_000, 0]);
});

test('sizes are read in bytes, by 1000 and by 1024', (t) => {
  const read = ['1k', '1Ki', '512Mi', '10Gi', '1.5G', '2Ti'].map((text) => value(sizeBytes(text)));
  t.deepEqual(read, [1000, 1024, 536_870_912, 10_737_418_240, 1_500_000_000, 2_199_023_255_552]);
});

test('frequencies are read in MHz, by 1000', (t) => {
  const read = ['2400MHz', '48GHz', '2.6GHz'].map((text) => value(frequencyMHz(text)));
  t.deepEqual(read, [2400, 48_000, 2600]);
  t.is(hint(frequencyMHz('48000')), 'write "48000MHz" if that is meant');
  t.deepEqual(
    ['', 'GHz', '3 GHz', '3Ghz', '-1MHz', '30s', null].filter((text) => frequencyMHz(text).ok),
    [],
  );
});

test('a bare number is refused, with what was probably meant', (t) => {
  t.is(hint(durationMs('30')), 'write "30s" if that is meant');
  t.is(hint(durationMs(30)), 'write "30s" if that is meant');
  t.is(hint(sizeBytes('512')), 'write "512Mi" if that is meant');
});

test('a size in another spelling is shown in ours', (t) => {
  t.is(hint(sizeBytes('512MB')), 'write "512Mi", or "512M" for powers of 1000');
  t.is(hint(sizeBytes('64kb')), 'write "64Ki", or "64k" for powers of 1000');
  t.is(hint(sizeBytes('much')), 'write it with a unit, as 512Mi or 10Gi');
});

test('what is no quantity is refused', (t) => {
  for (const text of ['', 's', '30 s', '30sec', '-5s', '1h 30m', '5M', 'h1', null, {}]) {
    t.false(durationMs(text).ok, `duration ${JSON.stringify(text)}`);
  }
  for (const text of ['', 'Mi', '5 Gi', '5gb', '-1Ki', '30s', null]) {
    t.false(sizeBytes(text).ok, `size ${JSON.stringify(text)}`);
  }
});

test('a quantity past what a number holds is refused', (t) => {
  t.false(durationMs(`${'9'.repeat(30)}w`).ok);
  t.false(sizeBytes(`${'9'.repeat(400)}Ti`).ok);
});

test('whole numbers of every unit come back as they went in', (t) => {
  const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;
  const unit = fc.constantFrom('ms', 's', 'm', 'h');
  fc.assert(
    fc.property(fc.nat(1_000_000), unit, (amount, name) => {
      t.is(value(durationMs(`${amount}${name}`)), amount * units[name]);
    }),
  );
});

test('an absent or unreadable quantity is the fallback', (t) => {
  t.deepEqual([quantityOr(durationMs, undefined, 7), quantityOr(durationMs, 'x', 7)], [7, 7]);
});

test('a text that is far too long for a quantity is refused at once', (t) => {
  const startedMs = performance.now();
  for (const read of [durationMs, sizeBytes, frequencyMHz]) t.false(read(`x${'0'.repeat(400_000)}`).ok);
  t.true(performance.now() - startedMs < 1000);
});
