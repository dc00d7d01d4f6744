import test from 'ava';
import { wordRange } from '../../controller/model/word-range.ts';

const found = (text: string, ...words: readonly string[]) => {
  const range = wordRange(text, { start: 0, end: text.length }, words);
  return range === undefined ? undefined : [range.start, text.slice(range.start, range.end)];
};

test('the last word is meant, behind those before it', (t) => {
  t.deepEqual(found('password: x\n{{ a/b .password }}', 'a/b', 'password'), [20, 'password']);
});

test('a word inside a longer one is another', (t) => {
  t.deepEqual(found('kv/shop/db2 kv/shop/db', 'kv/shop/db'), [12, 'kv/shop/db']);
  t.deepEqual(found('.pass-word .pass', 'pass'), [12, 'pass']);
});

test('a later word that is not there leads to the one before; without the first there is no place', (t) => {
  t.deepEqual(found('a b', 'a', 'c'), [0, 'a']);
  t.is(found('a b', 'c', 'a'), undefined);
  t.is(wordRange('a b', { start: 0, end: 1 }, ['b']), undefined);
});
