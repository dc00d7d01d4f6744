import test from 'ava';
import * as fc from 'fast-check';
import type { SourceFile, SourceTree } from '../../controller/model/source.ts';
import { sourceOf } from '../compile/source-of.ts';
import { complaintsOf, judge } from './judge.ts';
import { acmeSeed, sourceFrom } from './seeds.ts';

const isLong = process.env['DROVER_TEST_LONG'] === '1';
const fleet = sourceFrom(acmeSeed());
const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

/** A file cut, torn open, or written over in the middle. */
const damage = fc.record({
  file: fraction,
  from: fraction,
  length: fc.integer({ min: 0, max: 200 }),
  bytes: fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 40 }).map((text) => new TextEncoder().encode(text)),
    fc
      .constantFrom('\0', '\ufeff', '\t', '---\n', '"', '{', ': ', '\r', '&a ', '*a')
      .map((text) => new TextEncoder().encode(text)),
  ),
  isCut: fc.boolean(),
});

function damaged(
  source: SourceTree,
  { file, from, length, bytes, isCut }: typeof damage extends fc.Arbitrary<infer D> ? D : never,
): SourceTree {
  const hit = source.files[Math.floor(file * source.files.length)];
  const written = source.files.map((one) => [one.path, one === hit ? torn(one) : one.bytes] as const);
  return sourceOf(Object.fromEntries(written));
  function torn(one: SourceFile): Uint8Array {
    const start = Math.floor(from * one.bytes.length);
    const rest = isCut ? new Uint8Array() : one.bytes.subarray(start + length);
    return Buffer.concat([one.bytes.subarray(0, start), bytes, rest]);
  }
}

test('no bytes in any file make anything throw', (t) => {
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (hits) => {
      const source = hits.reduce(damaged, fleet);
      t.deepEqual(complaintsOf(source, judge(source)), []);
    }),
    { seed: 20_260_302, numRuns: isLong ? 1500 : 10, endOnFailure: !isLong },
  );
});

test('the same again and again takes no more memory', (t) => {
  const heapAfter = (times: number) => {
    for (let count = 0; count < times; count += 1) judge(fleet);
    globalThis.gc?.();
    return process.memoryUsage().heapUsed;
  };
  const before = heapAfter(isLong ? 20 : 3);
  const after = heapAfter(isLong ? 60 : 5);
  t.true(after - before < 128 * 1024 * 1024);
});
