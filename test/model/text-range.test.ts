import test from 'ava';
import { array, assert as assertLaw, constantFrom, property } from 'fast-check';
import { parseDocument, stringify, visit } from 'yaml';
import { textRange } from '../../controller/model/text-range.ts';

/** What stands in the file where a word of the value is. */
function shown(file: string, word: string): string | undefined {
  let found: string | undefined;
  visit(parseDocument(file), {
    Scalar: (key, { range, value }) => {
      if (key === 'key' || typeof value !== 'string' || range === undefined || range === null) return;
      const start = value.indexOf(word);
      const scalar = { start: range[0], end: range[1] };
      const at = textRange(file, scalar, { value, part: { start, end: start + word.length } });
      found = at === undefined ? undefined : file.slice(at.start, at.end);
    },
  });
  return found;
}

test('a word is found in every style of YAML', (t) => {
  for (const file of [
    'a: x rate(up) y\n',
    'a: "x rate(up) y"\n',
    "a: 'x rate(up) y'\n",
    'a: "x{b=\\"c\\"} rate(up) \\u00e9"\n',
    "a: 'it''s rate(up)'\n",
    'a: |\n  x\n    rate(up)\n  y\n',
    'a: >-\n  x\n  rate(up)\n\n  y\n',
    'a: x\n  y rate(up)\n  z\n',
    'a: "x\n  rate(up)"\n',
  ]) {
    t.is(shown(file, 'rate(up)'), 'rate(up)', file);
  }
});

test('a character that is written as an escape is found whole', (t) => {
  t.is(shown('a: "x\\\\y"\n', '\\'), '\\\\');
  t.is(shown("a: 'it''s'\n", "'"), "''");
  t.is(shown('a: "\\u00e9x"\n', 'é'), '\\u00e9');
});

test('what yaml writes in quotes leads back to each of its characters', (t) => {
  const piece = constantFrom('a', ' ', '"', "'", '\\', 'é', '😀', ':', '#');
  assertLaw(
    property(
      array(piece, { minLength: 1, maxLength: 12 }),
      constantFrom('QUOTE_DOUBLE', 'QUOTE_SINGLE'),
      (pieces, style) => {
        const value = `<${pieces.join('')}>word`;
        const file = stringify(
          { a: value },
          { defaultStringType: style as 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN', lineWidth: 0 },
        );
        return shown(file, '>word') === '>word';
      },
    ),
  );
  t.pass();
});
