import test from 'ava';
import * as fc from 'fast-check';
import { codeFrame } from '../../controller/model/code-frame.ts';

const at = (line: number, column: number, endLine: number, endColumn: number) => ({
  path: 'a.yaml',
  line,
  column,
  endLine,
  endColumn,
});

test('the span is underlined below its line', (t) => {
  t.is(codeFrame('kind: Server\n', at(1, 7, 1, 13)), '1 | kind: Server\n  |       ^^^^^^');
});

test('lines around it are shown when asked for, without a mark', (t) => {
  const frame = codeFrame('a\nb\nc\nd\n', at(3, 1, 3, 2), { linesBefore: 1, linesAfter: 1 });
  t.is(frame, '2 | b\n3 | c\n  | ^\n4 | d');
});

test('each line of a span over several lines is underlined from its first letter', (t) => {
  t.is(codeFrame('a: {b,\n  cd}\nrest\n', at(1, 4, 2, 6)), '1 | a: {b,\n  |    ^^^\n2 |   cd}\n  |   ^^^');
});

test('a span that ends at the start of a line does not have that line', (t) => {
  t.is(codeFrame('ab\ncd\n', at(1, 1, 2, 1)), '1 | ab\n  | ^^');
});

test('of a long span the first lines and the last are shown', (t) => {
  const text = Array.from({ length: 12 }, (_, index) => `line${index + 1}`).join('\n');
  t.deepEqual(
    codeFrame(text, at(1, 1, 12, 7))
      ?.split('\n')
      .filter((row) => !row.includes('^')),
    [' 1 | line1', ' 2 | line2', '   …', '12 | line12'],
  );
});

test('tabs and wide letters keep the mark below what is meant', (t) => {
  t.is(codeFrame('\tname', at(1, 2, 1, 6)), '1 |     name\n  |     ^^^^');
  t.is(codeFrame('日本: x', at(1, 5, 1, 6)), '1 | 日本: x\n  |       ^');
  t.is(codeFrame('k: "🐄🐄", b', at(1, 4, 1, 10)), '1 | k: "🐄🐄", b\n  |    ^^^^^^');
  t.is(codeFrame('e\u0301: x', at(1, 5, 1, 6)), '1 | e\u0301: x\n  |    ^');
});

test('an empty span still has a mark', (t) => {
  t.is(codeFrame('', at(1, 1, 1, 1)), '1 |\n  | ^');
});

test('whatever the place, a frame has few rows of bounded width and no control characters', (t) => {
  const position = fc.integer({ min: 0, max: 400 });
  const texts = fc.string({ unit: 'binary', maxLength: 2000 });
  fc.assert(
    fc.property(
      texts,
      position,
      position,
      position,
      position,
      (text, ...[line, column, endLine, endColumn]) => {
        const frame = codeFrame(text, at(line, column, endLine, endColumn), {
          linesBefore: 2,
          linesAfter: 2,
        });
        const rows = frame?.split('\n') ?? [];
        t.true(rows.length <= 16);
        t.true(rows.every((row) => row.length <= 6 + 122 * 4 && !/\p{Cc}/u.test(row)));
      },
    ),
  );
});
