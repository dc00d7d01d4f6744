import test from 'ava';
import * as fc from 'fast-check';
import { type ParseMemo, parseFile } from '../../controller/compile/parse-file.ts';
import { fileOf } from './source-of.ts';

const parse = (text: string | Uint8Array) => parseFile(fileOf('a.yaml', text));
const codes = (text: string | Uint8Array) => parse(text).diagnostics.map(({ code }) => code);

/** Processor time, since other tests run beside; what grows with the square would take minutes. */
const maxCpuMicroseconds = 15_000_000;

test('the documents of a file are read one by one', (t) => {
  const { documents, diagnostics } = parse('a: 1\n---\n# nothing\n---\nb: [x, {y: z}]\n');
  t.deepEqual(diagnostics, []);
  t.deepEqual(
    documents.map(({ value }) => value),
    [{ a: 1 }, { b: ['x', { y: 'z' }] }],
  );
});

test('a field knows the place of its key and of its value', (t) => {
  const [document] = parse('a: 1\nfiles:\n  /etc/motd: {mode: "0644"}\n').documents;
  const path = ['files', '/etc/motd', 'mode'];
  t.like(document?.span(path, 'key'), { line: 3, column: 15, endColumn: 19 });
  t.like(document?.span(path, 'value'), { line: 3, column: 21, endColumn: 27 });
  t.is(document?.span(['files', '/etc/passwd'], 'value'), undefined);
});

test('an empty value is shown at its key', (t) => {
  const [document] = parse('a: 1\nspec:\nb: {c, d: 1}\n').documents;
  t.like(document?.span(['spec'], 'value'), { line: 2, column: 1, endColumn: 5 });
  t.like(document?.span(['b', 'c'], 'value'), { line: 3, column: 5, endColumn: 6 });
});

test('columns count UTF-16 units from 1', (t) => {
  const [document] = parse('"💥é": x\n').documents;
  t.like(document?.span(['💥é'], 'value'), { line: 1, column: 8, endColumn: 9 });
});

test('a part of a text is found in plain, quoted, literal and folded texts', (t) => {
  const [document] = parse('a: xyz\nb: "xyz"\nc:\n  - |\n    one\n     two xyz\nd: >\n  xyz\n').documents;
  const at = (path: (string | number)[], text: string) => {
    const start = text.indexOf('xyz');
    return document?.textSpan(path, text, { start, end: start + 3 });
  };
  t.like(at(['a'], 'xyz'), { line: 1, column: 4, endColumn: 7 });
  t.like(at(['b'], 'xyz'), { line: 2, column: 5, endColumn: 8 });
  t.like(at(['c', 0], 'one\n two xyz\n'), { line: 6, column: 10, endColumn: 13 });
  t.like(at(['d'], 'xyz\n'), { line: 8, column: 3, endColumn: 6 });
});

test('YAML 1.2 is read whatever the file says of versions', (t) => {
  const [document] = parse('%YAML 1.1\n---\na: yes\nb: 1_000\n<<: {c: 1}\n').documents;
  t.deepEqual(document?.value, { a: 'yes', b: '1_000', '<<': { c: 1 } });
});

test('number keys keep their digits', (t) => {
  t.deepEqual(parse('8080: a\n010: b\n').documents[0]?.value, { 8080: 'a', '010': 'b' });
});

test('keys of the prototype are data or refused, and never change it', (t) => {
  const { documents, diagnostics } = parse('constructor: x\n"__proto__": {polluted: 1}\n');
  t.deepEqual(
    diagnostics.map(({ code }) => code),
    ['DRV0106'],
  );
  const value = documents[0]?.value as object;
  t.deepEqual(Object.keys(value), ['constructor']);
  t.is(Object.getPrototypeOf(value), Object.prototype);
  t.is(({} as { polluted?: number }).polluted, undefined);
});

test('aliases are resolved to the anchor before them', (t) => {
  const { documents, diagnostics } = parse('a: &x 1\nb: *x\nc: &x 2\nd: *x\n');
  t.deepEqual(diagnostics, []);
  t.deepEqual(documents[0]?.value, { a: 1, b: 1, c: 2, d: 2 });
});

test('of a document with a syntax error the rest of the file is still read', (t) => {
  const { documents, diagnostics } = parse('a: {x: 1\n---\nb: 1\n');
  t.is(diagnostics.length, 1);
  t.deepEqual(
    documents.map(({ isBroken }) => isBroken),
    [true, false],
  );
});

test('a broken document has one finding, not one for each thing that follows', (t) => {
  t.deepEqual(codes('a:\n\t- x\n\t- y\n\t- z\n'), ['DRV0101']);
});

test('a memo gives the same parse for the same bytes at the same path', (t) => {
  const memo: ParseMemo = new Map();
  const first = parseFile(fileOf('a.yaml', 'x: 1'), memo);
  t.is(parseFile(fileOf('a.yaml', 'x: 1'), memo), first);
  t.not(parseFile(fileOf('b.yaml', 'x: 1'), memo), first);
  t.not(parseFile(fileOf('a.yaml', 'x: 2'), memo), first);
});

for (const [title, text] of [
  ['larger than 512 KiB', `a: ${'x'.repeat(600_000)}`],
  ['100000 brackets deep', '['.repeat(100_000)],
  ['100 maps deep', `${'{a: '.repeat(100)}1${'}'.repeat(100)}`],
  ['a sequence 50000 deep', '- '.repeat(50_000)],
  ['2000 documents', 'a: 1\n---\n'.repeat(2000)],
  ['an alias bomb', aliasBomb()],
  ['an alias inside its own anchor', 'a: &a [*a, *a]\n'],
] as const) {
  test(`refused as past a limit: ${title}`, (t) => {
    const start = process.cpuUsage();
    t.deepEqual(codes(text), ['DRV0104']);
    t.true(process.cpuUsage(start).user < maxCpuMicroseconds);
  });
}

function aliasBomb(): string {
  const levels = Array.from({ length: 12 }, (_, level) => {
    const items =
      level === 0
        ? 'x, x'
        : Array(10)
            .fill(`*l${level - 1}`)
            .join(', ');
    return `l${level}: &l${level} [${items}]`;
  });
  return `${levels.join('\n')}\n`;
}

for (const [title, text] of [
  ['45000 keys', Array.from({ length: 45_000 }, (_, index) => `k${index}: 1`).join('\n')],
  ['quotes only', '"'.repeat(100_000)],
  ['newlines only', '\n'.repeat(400_000)],
  ['20000 anchors and aliases', Array.from({ length: 20_000 }, (_, i) => `- &a${i} x\n- *a${i}`).join('\n')],
] as const) {
  test(`read in bounded time: ${title}`, (t) => {
    const start = process.cpuUsage();
    parse(text);
    t.true(process.cpuUsage(start).user < maxCpuMicroseconds);
  });
}

test('no byte sequence makes the parser throw', (t) => {
  const piece = fc.constantFrom(
    'a: ',
    '- ',
    '\n',
    '  ',
    '{',
    '}',
    '[',
    ']',
    '&a ',
    '*a',
    '!t ',
    '|',
    '"',
    '? ',
    '---\n',
    '\t',
    ',',
    '#',
  );
  const text = fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(
      fc.oneof(
        text.map((value) => new TextEncoder().encode(value)),
        fc.uint8Array({ maxLength: 200 }),
      ),
      (bytes) => {
        for (const { span } of parse(bytes).diagnostics) t.true(span.line >= 1 && span.column >= 1);
      },
    ),
    { numRuns: 500 },
  );
});

test('an alias without an anchor is told where it stands, and nothing is concluded from the document', (t) => {
  const { documents, diagnostics } = parse('image: *img\nother: &img x\n');
  t.deepEqual(
    diagnostics.map(({ code, span, message }) => [code, span.line, span.column, message]),
    [['DRV0101', 1, 8, 'no anchor &img stands before this alias']],
  );
  t.true(documents[0]?.isBroken);
});

test('half of a character is refused, since no file could be written of it', (t) => {
  t.deepEqual(codes('a: "\\ud800"\n"\\udc00": 1\n'), ['DRV0103', 'DRV0103']);
  t.deepEqual(codes('a: "\\U0001F600"\n'), []);
});

test('a place is on its line whatever the text begins with', (t) => {
  for (const start of ['\r', '\0', '\u2028', '\t']) {
    const { diagnostics } = parseFile(fileOf('a.yaml', `${start}\na: 1\nb: [\n`));
    t.true(
      diagnostics.every(({ span }) => span.line <= 4),
      JSON.stringify(start),
    );
    const [first] = parseFile(fileOf('a.yaml', `#${start}\na: 1\n`)).documents;
    t.is(first?.span(['a'], 'key')?.line, 2);
  }
});
