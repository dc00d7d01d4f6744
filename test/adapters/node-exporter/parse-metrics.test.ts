import test from 'ava';
import * as fc from 'fast-check';
import { parseMetrics } from '../../../controller/adapters/node-exporter/parse-metrics.ts';

const one = (text: string) => parseMetrics(text)[0];

test('values in all their spellings', (t) => {
  t.is(one('a 1.7952637689823582e+09')?.value, 1795263768.9823582);
  t.is(one('a{} +Inf')?.value, Infinity);
  t.is(one('a{x="y",} NaN 1395066363000')?.value, Number.NaN);
});

test('lines that are no samples are passed over and hide no others', (t) => {
  const text = ['a{x="y} 1', 'b{x=y} 1', '{x="y"} 1', 'c', 'd one', 'e{x="}"} 2', '\0', 'f 3'].join('\n');
  t.deepEqual(
    parseMetrics(text).map((sample) => sample.name),
    ['e', 'f'],
  );
});

test('the number of samples is bounded', (t) => {
  t.is(parseMetrics('a 1\n'.repeat(30_000)).length, 20_000);
});

test('a label named __proto__ is a label and nothing more', (t) => {
  t.deepEqual(Object.keys(one('a{__proto__="x"} 1')?.labels ?? {}), ['__proto__']);
  t.is(({} as Record<string, unknown>)['x'], undefined);
});

test('any label value comes back as it was escaped', (t) => {
  const escape = (text: string) =>
    text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (first, second) => {
      const labels = { first, second };
      const sample = one(`a{first="${escape(first)}",second="${escape(second)}"} 1`);
      t.deepEqual(sample?.labels, labels);
    }),
  );
});
