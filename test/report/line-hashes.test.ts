import test from 'ava';
import { lineHashes } from '../../controller/report/line-hashes.ts';

// The values of the tests of github/codeql-action.
const known: readonly (readonly [string, readonly string[]])[] = [
  ['', ['c129715d7a2bc9a3:1']],
  [
    ' a\nb\n  \t\tc\n d',
    ['271789c17abda88f:1', '54703d4cd895b18:1', '180aee12dab6264:1', 'a23a3dc5e078b07b:1'],
  ],
  [
    ' hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n',
    [
      'e9496ae3ebfced30:1',
      'fb7c023a8b9ccb3f:1',
      'ce8ba1a563dcdaca:1',
      'e20e36e16fcb0cc8:1',
      'b3edc88f2938467e:1',
      'c8e28b0b4002a3a0:1',
      'c129715d7a2bc9a3:1',
    ],
  ],
];

test('lines have the hashes that GitHub gives them', (t) => {
  for (const [text, hashes] of known) t.deepEqual(lineHashes(text), hashes);
});

test('neither indentation nor the kind of line ends makes another hash', (t) => {
  const plain = lineHashes('alpha\nbeta\nalpha\n');
  t.deepEqual(plain, [
    '8d07ce75f7b3af45:1',
    'ca140c3f893ffa65:1',
    '26f09ff008857193:1',
    'c129715d7a2bc9a3:1',
  ]);
  t.deepEqual(lineHashes(' a l p h a \r\n\tbeta\r\nalpha\r'), plain);
});

test('lines alike in a hundred characters are counted', (t) => {
  const [first, ...others] = lineHashes(`${'x'.repeat(120)}\n`.repeat(3));
  t.deepEqual(
    others.slice(0, 2),
    [2, 3].map((count) => first?.replace(/1$/, String(count))),
  );
});
