import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import * as fc from 'fast-check';
import { parseAllDocuments, stringify } from 'yaml';
import { formatYaml } from '../../controller/edit/format-yaml.ts';
import { kinds } from '../../controller/kinds/index.ts';
import { exampleOf } from './kind-examples.ts';

function formatted(text: string): string {
  const result = formatYaml(text);
  return result.ok ? result.text : `refused: ${result.reason}`;
}

test('keys of the envelope come in order, indentation is two spaces, comments stay', (t) => {
  const text = `# about all of it
kind: Server   # a machine
apiVersion: drover.dev/v1alpha1
metadata:
    labels: {role: client}
    name: web-1
spec:
    # where it answers
    interfaces:
        lan: {address: 10.0.0.1}   # by cable


    taints:
    - {key: gpu}
`;
  t.is(
    formatted(text),
    `# about all of it
apiVersion: drover.dev/v1alpha1
kind: Server # a machine
metadata:
  name: web-1
  labels: {role: client}
spec:
  # where it answers
  interfaces:
    lan: {address: 10.0.0.1} # by cable

  taints:
    - {key: gpu}
`,
  );
});

test('quotes, numbers, block texts and line breaks of texts stay as they are typed', (t) => {
  const text = `a: 'single'
b: "double \\u00e9"
c: 0644
d: 1.20
e: ~
f: |
  keep
    this   
  # no comment
g: >-
  folded over
  two lines
h: plain
  continued
`;
  t.is(formatted(text), text);
});

test('a flow collection over several lines becomes a block', (t) => {
  t.is(formatted('a: {b: 1,\n  c: [x, y]}\n'), 'a:\n  b: 1\n  c: [x, y]\n');
});

test('several documents stay apart, and empty ones at the end go', (t) => {
  t.is(formatted('a: 1\n---\n# second\nb: 2\n---\n'), 'a: 1\n---\n# second\nb: 2\n');
});

test('a file with a mistake is left alone, with its line', (t) => {
  t.regex(formatted('a: 1\nb: {c: [}\n'), /^refused: it is not YAML \(line 2\)/);
});

test('anchors and aliases stay', (t) => {
  const text = 'a: &x {b: 1}\nc: *x\n';
  t.is(formatted(text), text);
});

for (const kind of kinds.keys()) {
  test(`the example of ${kind} keeps its values and comments`, async (t) => {
    const once = formatted(await exampleOf(kind));
    t.false(once.startsWith('refused'));
    t.is(formatted(once), once);
  });
}

test('files of the test fleets are formatted once and for all, or left alone', (t) => {
  const folder = join(import.meta.dirname, '../bad');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.yaml'),
  );
  let count = 0;
  for (const file of files) {
    const result = formatYaml(readFileSync(join(folder, file), 'utf8'));
    if (!result.ok) continue;
    count += 1;
    t.is(formatted(result.text), result.text, file);
  }
  t.true(count > 40);
});

test('whatever the values, formatting keeps them and is done once', (t) => {
  const options = [
    { collectionStyle: 'flow' },
    { indent: 5, indentSeq: false },
    { defaultStringType: 'BLOCK_FOLDED' },
    { lineWidth: 30 },
  ] as const;
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(...options), (value, style) => {
      const text = stringify({ kind: 'A', spec: value }, style);
      const result = formatYaml(text);
      const once = result.ok ? result.text : text;
      const parsed = parseAllDocuments(once).map((document): unknown => document.toJSON());
      t.deepEqual(
        parsed,
        parseAllDocuments(text).map((document): unknown => document.toJSON()),
      );
      t.is(formatted(once), result.ok ? once : formatted(text));
    }),
    { numRuns: 300 },
  );
});

test('no text makes it throw', (t) => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const result = formatYaml(text);
      if (result.ok) t.is(formatted(result.text), result.text);
    }),
    { numRuns: 500 },
  );
  t.pass();
});

test('hostile YAML is left alone, or formatted, in bounded time', (t) => {
  const folder = join(import.meta.dirname, '../hostile');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.yaml'),
  );
  t.true(names.length > 10);
  const texts = names.map((name) => readFileSync(join(folder, name), 'utf8'));
  const deep = `a: ${'['.repeat(100_000)}`;
  for (const text of [...texts, deep, 'a: *nothing\n', 'a: &a [*a]\n']) {
    const started = performance.now();
    const result = formatYaml(text);
    if (result.ok) t.is(formatted(result.text), result.text);
    t.true(performance.now() - started < 20_000);
  }
});
