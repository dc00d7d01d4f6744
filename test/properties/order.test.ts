import test from 'ava';
import * as fc from 'fast-check';
import { gitBlobId } from '../../controller/model/git-object.ts';
import { isJsonObject, type Json } from '../../controller/model/json.ts';
import type { SourceTree } from '../../controller/model/source.ts';
import { treeWithoutMetadata } from '../../controller/render/render-environment.ts';
import { type Judged, judge } from './judge.ts';
import { acmeSeed, exampleSeed, type Seed, sourceFrom } from './seeds.ts';

const isLong = process.env['DROVER_TEST_LONG'] === '1';

/** What does not depend on lines: places, what `hydrator.metadata` tells of them, and in what order servers are named. */
function gist({ findings, trees }: Judged): unknown {
  return {
    findings: findings
      .map(
        ({ code, message, span }) =>
          `${span.path} ${code} ${message.replace(/: there is no ServerKey of .*/, '')}`,
      )
      .toSorted(),
    trees: [...trees]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, tree]) => [
        name,
        [...treeWithoutMetadata(tree)].map(([path, bytes]) => `${path} ${gitBlobId(bytes)}`),
      ]),
  };
}

function shuffled<Item>(items: readonly Item[], order: readonly number[]): readonly Item[] {
  return items
    .map((item, index) => ({ item, at: order[index % order.length] ?? 0 }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** Keys of maps in another order; lists mean what their order says. */
function withKeysShuffled(value: Json, order: readonly number[]): Json {
  if (Array.isArray(value)) return value.map((item: Json) => withKeysShuffled(item, order));
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, withKeysShuffled(item, order)] as const);
  return Object.fromEntries(shuffled(entries, order));
}

const orders = fc.array(fc.integer(), { minLength: 7, maxLength: 13 });

for (const [name, seed] of Object.entries({ acme: acmeSeed(), examples: exampleSeed() })) {
  const source = sourceFrom(seed);
  const expected = gist(judge(source));

  test(`${name}: the order of files changes nothing at all`, (t) => {
    const reversed: SourceTree = { ...source, files: source.files.toReversed() };
    const [one, other] = [judge(source), judge(reversed)];
    t.deepEqual(other.findings, one.findings);
    t.deepEqual(gist(other), expected);
  });

  test(`${name}: the order of documents and of keys changes no finding and no byte of what is rendered`, (t) => {
    fc.assert(
      fc.property(orders, (order) => {
        const entries = Object.entries(seed.documents).map(([path, documents]) => {
          const moved = path === 'drover.yaml' ? documents : shuffled(documents, order);
          return [path, moved.map((document) => withKeysShuffled(document, order))] as const;
        });
        const other: Seed = { ...seed, documents: Object.fromEntries(entries) };
        t.deepEqual(gist(judge(sourceFrom(other))), expected);
      }),
      { seed: 20_260_303, numRuns: isLong ? 100 : 5 },
    );
  });
}
