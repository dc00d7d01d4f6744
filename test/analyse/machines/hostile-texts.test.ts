import test from 'ava';
import { array, assert as assertLaw, constantFrom, oneof, property, string } from 'fast-check';
import { readUnitText } from '../../../controller/analyse/machines/read-unit-text.ts';
import { config, findingsOf } from './findings-of-machines.ts';

const pieces = [
  '[',
  ']',
  '{',
  '}',
  '\\',
  '\n',
  '=',
  '#',
  '"',
  ':',
  '- ',
  '&a',
  '*a',
  '!!x',
  '\t',
  '\0',
  '${{',
  ' ',
  'ä',
  '[Service]',
];
const hostile = oneof(
  string({ unit: 'binary', maxLength: 200 }),
  array(constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join('')),
);

test('no text of a file or unit throws', (t) => {
  assertLaw(
    property(hostile, (content) => {
      const files = {
        '/etc/a.json': { content },
        '/etc/b.yaml': { content },
        '/etc/c.toml': { content },
        '/etc/prometheus/d.yml': { content: `groups: [{rules: [{expr: ${JSON.stringify(content)}}]}]` },
        '/etc/systemd/system/c.timer': { content },
      };
      findingsOf([config({ files, units: { 'd.service': { content } } })]);
    }),
    { numRuns: 300 },
  );
  t.pass();
});

test('every line of a unit file is told at most once, at its own number', (t) => {
  assertLaw(
    property(hostile, (text) => {
      const { entries, odd, sections } = readUnitText(text);
      const lines = [...entries, ...odd, ...sections].map(({ line }) => line);
      return (
        new Set(lines).size === lines.length &&
        lines.every((line) => line >= 1 && line <= text.split('\n').length)
      );
    }),
  );
  t.pass();
});

test('deep and long texts are passed over in no time, not followed', (t) => {
  const texts = [
    '['.repeat(200_000),
    `${'- '.repeat(100_000)}a`,
    '{a: '.repeat(50_000),
    `a: "${'x'.repeat(2_000_000)}"`,
  ];
  const nested = Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n');
  const started = performance.now();
  for (const content of [...texts, nested]) {
    t.deepEqual(findingsOf([config({ files: { '/etc/a.yaml': { content } } })]), []);
  }
  t.true(performance.now() - started < 5000);
});

test('aliases that multiply are read as syntax only', (t) => {
  const rows = Array.from(
    { length: 30 },
    (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]`,
  );
  const content = ['a0: &a0 x', ...rows].join('\n');
  t.deepEqual(findingsOf([config({ files: { '/etc/a.yaml': { content } } })]), []);
});
