import test from 'ava';
import { isJsonObject, type Json } from '../../controller/model/json.ts';
import { complaintsOf, judge } from './judge.ts';
import { hostileNumbers, hostileTexts } from './mutate.ts';
import { exampleSeed, type Seed, sourceFrom } from './seeds.ts';

const isLong = process.env['DROVER_TEST_LONG'] === '1';
const seed = exampleSeed();
const prototypeNames = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'length'];

/** The whole of a document with one place of it changed. */
type Variant = (turn: number) => Json;

/** Each key renamed, each value replaced, in turn by something else. */
function* variantsOf(value: Json, around: (part: Json) => Json): Generator<Variant> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield* variantsOf(item as Json, (part) => around(value.with(index, part) as Json));
    }
  } else if (isJsonObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      const withPart = (name: string, part: Json) =>
        around(
          Object.fromEntries(
            Object.entries(value).map(([other, old]) => (other === key ? [name, part] : [other, old])),
          ),
        );
      yield (turn) => withPart(nth(prototypeNames, turn), item);
      yield (turn) => withPart(nth(hostileTexts, turn), item);
      yield* variantsOf(item, (part) => withPart(key, part));
    }
  } else {
    yield (turn) => around(nth<Json>(turn % 3 === 0 ? hostileNumbers : hostileTexts, turn));
  }
}

function nth<Item>(items: readonly Item[], turn: number): Item {
  return items[turn % items.length] as Item;
}

/** Some of a long list, evenly. */
function someOf<Item>(items: readonly Item[], most: number): readonly Item[] {
  const step = Math.max(1, items.length / most);
  return items.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}

function variantsIn(path: string): readonly Variant[] {
  const documents = seed.documents[path] ?? [];
  return documents.flatMap((document, index) =>
    [
      ...variantsOf(isJsonObject(document) ? (document['spec'] ?? null) : null, (spec) => ({
        ...(document as { readonly [key: string]: Json }),
        spec,
      })),
    ].map(
      (variant): Variant =>
        (turn) =>
          variantOfFile(documents, index, variant(turn)),
    ),
  );
}

/** Told apart from documents by being a list. */
function variantOfFile(documents: readonly Json[], index: number, document: Json): Json {
  return documents.with(index, document);
}

for (const path of Object.keys(seed.documents)) {
  test(`${path}: no name of a key and no value of a field breaks anything`, (t) => {
    const all = variantsIn(path);
    const variants = isLong ? all : someOf(all, 24);
    const project = seed.documents['drover.yaml'] ?? [];
    for (const [turn, variant] of variants.entries()) {
      for (const extra of isLong ? [0, 31, 62, 93] : [0]) {
        const changed: Seed = {
          documents: { 'drover.yaml': project, [path]: variant(turn + extra) as unknown as readonly Json[] },
          others: [],
        };
        const source = sourceFrom(changed);
        t.deepEqual(complaintsOf(source, judge(source)), []);
      }
    }
    t.is(({} as Record<string, unknown>)['polluted'], undefined);
    t.deepEqual(Object.keys(Object.prototype), []);
  });
}
