import test from 'ava';
import { assert, integer, property, string } from 'fast-check';
import { cutMiddle } from '../../controller/reconcile/cut-middle.ts';

test('a text that is cut keeps its first and its last words', (t) => {
  const text =
    'cache.service does not stay up: exited with code 3, last lines of cache.service: slot 7 has no disk';
  t.is(cutMiddle(text, 65), 'cache.service does not … of cache.service: slot 7 has no disk');
  t.is(cutMiddle(text, 200), text);
});

test('a text is never longer than asked, and never ends inside a character', (t) => {
  assert(
    property(string({ unit: 'grapheme' }), integer({ min: 3, max: 60 }), (text, length) => {
      const cut = cutMiddle(text, length);
      return cut.length <= Math.max(length, 3) && cut.isWellFormed();
    }),
  );
  t.pass();
});
