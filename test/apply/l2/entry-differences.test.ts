import test from 'ava';
import * as fc from 'fast-check';
import { entryDifferences } from '../../../controller/apply/l2/entry-differences.ts';
import type { Json, JsonObject } from '../../../controller/model/json.ts';

const entry = { Kind: 'service-resolver', Name: 'web' };

test('Consul’s own spelling and its empty values are no differences', (t) => {
  const spec = { ...entry, connect_timeout: '15s', Subsets: { v1: { only_passing: true } } };
  const live = {
    ...entry,
    ConnectTimeout: '15s',
    RequestTimeout: '0s',
    Meta: null,
    Subsets: { v1: { OnlyPassing: true, Filter: '' } },
    Failover: {},
  };
  t.deepEqual(entryDifferences(spec, live), []);
});

test('each difference is told by its path, on either side', (t) => {
  const live = { ...entry, ConnectTimeout: '15s', Subsets: { v1: { Filter: 'a' }, v2: { Filter: 'b' } } };
  const spec = { ...entry, ConnectTimeout: '5s', Subsets: { v1: { Filter: 'c' } } };
  t.deepEqual(entryDifferences(spec, live), ['ConnectTimeout', 'Subsets.v1.Filter', 'Subsets.v2']);
});

test('a subset is one by its name, also when nothing narrows it', (t) => {
  const [one, two] = [{ Subsets: { v1: {} } }, { Subsets: { v1: {}, v2: {} } }];
  t.deepEqual(entryDifferences(one, { Subsets: { v1: { Filter: '', OnlyPassing: false } } }), []);
  t.deepEqual(entryDifferences(one, two), ['Subsets.v2']);
  t.deepEqual(entryDifferences(two, one), ['Subsets.v2']);
});

test('sources may come back in another order, routes may not', (t) => {
  const [a, b] = [
    { Name: 'a', Action: 'allow' },
    { Name: 'b', Action: 'deny' },
  ];
  const sources = {
    Sources: [
      { ...b, Precedence: 8, Type: 'consul' },
      { ...a, Precedence: 9, Type: 'consul' },
    ],
  };
  t.deepEqual(entryDifferences({ Sources: [a, b] }, sources), []);
  t.deepEqual(entryDifferences({ Sources: [a] }, sources), ['Sources']);
  t.deepEqual(entryDifferences({ Routes: [a, b] }, { Routes: [b, a] }), ['Routes']);
});

const leaf = fc.oneof(fc.string({ maxLength: 3 }), fc.integer(), fc.boolean());
const name = fc.constantFrom('Alpha', 'Beta', 'Gamma', 'Sources');
const value = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3 }),
  ),
})).value;

test('what was written and is there is equal, whatever it is', (t) => {
  fc.assert(
    fc.property(fc.dictionary(name, value), (spec) => {
      return entryDifferences(spec, structuredClone(spec) as JsonObject).length === 0;
    }),
  );
  t.pass();
});
