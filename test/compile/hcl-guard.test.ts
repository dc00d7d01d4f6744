import test from 'ava';
import * as fc from 'fast-check';
import { guardHcl, hclFiles, resolveHclFile } from '../../controller/compile/hcl-guard.ts';
import { scanHclCalls } from '../../controller/compile/hcl-scan.ts';
import type { DiagnosticCode } from '../../controller/model/diagnostic.ts';

const nothing = new Set<string>();
const everything = { has: () => true };
const calls = (text: string) => scanHclCalls(text).map(({ name }) => name);
const codes = (text: string, files: { has(literal: string): boolean } = nothing) =>
  guardHcl('jobs/web.nomad.hcl', text, files).map(({ code }) => code);

const refused: readonly [string, string, DiagnosticCode][] = [
  ['fileset', 'x = fileset("/etc", "*")', 'DRV0331'],
  ['fileexists', 'x = fileexists("/etc/passwd")', 'DRV0331'],
  ['pathexpand', 'x = pathexpand("~")', 'DRV0331'],
  ['abspath', 'x = abspath(".")', 'DRV0331'],
  ['templatefile', 'x = templatefile("a", {})', 'DRV0331'],
  ['filemd5', 'x = filemd5("a")', 'DRV0331'],
  ['filesha512', 'x = filesha512("a")', 'DRV0331'],
  ['env', 'x = env("HOME")', 'DRV0331'],
  ['uuidv4', 'x = uuidv4()', 'DRV0332'],
  ['bcrypt', 'x = bcrypt("a")', 'DRV0332'],
  ['timestamp', 'x = timestamp()', 'DRV0332'],
  ['a variable path', 'x = file(var.path)', 'DRV0333'],
  ['a template path', 'x = file("${var.path}")', 'DRV0333'],
  ['an escaped path', 'x = file("\\u002fetc/passwd")', 'DRV0333'],
  ['a computed path', 'x = file(join("/", ["", "etc"]))', 'DRV0333'],
  ['a path in parentheses', 'x = file(("a"))', 'DRV0333'],
  ['a joined path', 'x = filebase64("a" == "a" ? "/etc/passwd" : "b")', 'DRV0333'],
  ['an expanded argument', 'x = file(["a"]...)', 'DRV0333'],
  ['a heredoc path', 'x = file(<<E\n/etc/passwd\nE\n)', 'DRV0333'],
  ['no path', 'x = file()', 'DRV0333'],
  ['an absolute path', 'x = file("/proc/self/environ")', 'DRV0334'],
  ['a home path', 'x = file("~/.ssh/id_ed25519")', 'DRV0334'],
  ['a path past the top', 'x = file("../../etc/passwd")', 'DRV0334'],
  ['a path past the top and back', 'x = file("a/../../../repo/x")', 'DRV0334'],
  ['an empty path', 'x = file("")', 'DRV0334'],
  ['a missing file', 'x = file("absent.conf")', 'DRV0335'],
  ['a function nobody knows', 'x = exec("id")', 'DRV0336'],
  ['a function in another case', 'x = FILE("a")', 'DRV0336'],
  ['JSON', ' {"job": {}}', 'DRV0337'],
];

for (const [what, text, code] of refused) {
  test(`${what} is refused`, (t) => {
    const [finding, ...more] = guardHcl('jobs/web.nomad.hcl', text, nothing);
    t.is(finding?.code, code);
    t.truthy(finding?.hint);
    t.deepEqual(more, []);
  });
}

test('a literal path inside the repository is allowed, and listed as it is written', (t) => {
  const text = 'a = file("x.conf")\nb = filebase64( "../shared/y.conf" )\nc = file("x.conf")\n';
  t.deepEqual(codes(text, new Set(['x.conf', '../shared/y.conf'])), []);
  t.deepEqual(hclFiles('jobs/web.nomad.hcl', text), ['x.conf', '../shared/y.conf']);
  t.is(resolveHclFile('jobs/web.nomad.hcl', '../shared/y.conf'), 'shared/y.conf');
  t.is(resolveHclFile('web.nomad.hcl', './x.conf'), 'x.conf');
});

test('what is refused is never laid out', (t) => {
  const text = 'a = file("/etc/passwd")\nb = file("../../x")\nc = fileset("a", "b")\nd = file(var.x)\n';
  t.deepEqual(hclFiles('jobs/web.nomad.hcl', text), []);
});

test('a finding marks the name or the literal to the column', (t) => {
  const text = 'job "w" {\n  x = "é${file( "/etc/x")}"\n  y = uuidv4 ()\n}\n';
  const spans = guardHcl('a.hcl', text, nothing).map(({ span }) => span);
  t.deepEqual(spans, [
    { path: 'a.hcl', line: 2, column: 17, endLine: 2, endColumn: 25 },
    { path: 'a.hcl', line: 3, column: 7, endLine: 3, endColumn: 13 },
  ]);
});

test('calls of pure functions and type constructors pass', (t) => {
  const text = [
    'variable "v" { type = list(object({ a = optional(map(string)) })) }',
    'x = [for k, v in (local.m) : upper(v) if (length(v) > 0)]',
    'y = "%{ if (true) }${format("%s", timeadd("2026-01-01T00:00:00Z", "1h"))}%{ endif }"',
    'z = uuidv5("dns", "example.org")',
  ].join('\n');
  t.deepEqual(codes(text), []);
});

const silent: readonly [string, string][] = [
  ['a line comment', '# file("a")\n// uuidv4()\n'],
  ['a block comment', '/* file("a")\n uuidv4() */'],
  ['a plain string', 'x = "file(\\"a\\") uuidv4()"'],
  ['an escaped interpolation', 'x = "$${uuidv4()} %%{ if uuidv4() }"'],
  ['a heredoc', 'x = <<EOT\n  file("a")\n  uuidv4()\nEOT\n'],
  ['an indented heredoc with a Go template', 'x = <<-E\n  {{ file "a" }} {{ uuidv4() }}\n  E\n'],
  ['a heredoc with escapes and quotes', 'x = <<E\n"$${uuidv4()}" $ % uuidv4()\nE\n'],
  ['an attribute and a traversal', 'file = var.uuidv4\nx = timestamp\n'],
  ['a block', 'file "x" {\n}\n'],
];

for (const [what, text] of silent) {
  test(`a name in ${what} is no call`, (t) => {
    t.deepEqual(calls(text), []);
  });
}

const found: readonly [string, string][] = [
  ['with space before its parenthesis', 'x = file \t("a")'],
  ['with a comment before its parenthesis', 'x = file /* ( */ ("a")'],
  ['with a line end before its parenthesis', 'x = (file // y\n # z\n ("a"))'],
  ['in a quoted template', 'x = "a ${file("a")} b"'],
  ['after an escaped quote', 'x = "\\"${file("a")}"'],
  ['after an escaped interpolation', 'x = "$${ ${file("a")}"'],
  ['after a lone dollar', 'x = "$" + file("a")'],
  ['after a percent and a dollar', 'x = "%${file("a")}"'],
  ['in a strip marker', 'x = "${~ file("a") ~}"'],
  ['in a directive', 'x = "%{ if file("a") == "" }y%{ endif }"'],
  ['in a template in a template', 'x = "${"${"${file("a")}"}"}"'],
  ['after a map in a template', 'x = "${ { a = "}" }["a"] } ${file("a")}"'],
  ['in heredoc text', 'x = <<EOT\n  ${file("a")}\nEOT\n'],
  ['on the line of a marker that is none', 'x = <<E\n${"x"}E\n${file("a")}\nE\n'],
  ['after a heredoc', 'x = <<E\ntext\n  E  \ny = file("a")'],
  ['after a heredoc with Windows line ends', 'x = <<E\r\ntext\r\nE\r\ny = file("a")'],
  ['in a heredoc in a heredoc', 'x = <<A\n${<<B\n${file("a")}\nB\n}\nA\n'],
  ['after a byte order mark', '\uFEFFfile("a")'],
  ['after an unfinished comment', '/ * file("a")'],
  ['after a comment that only seems open', '/* a /* b */ x = file("a")'],
  ['after a namespace', 'x = a::file("a")'],
];

for (const [where, text] of found) {
  test(`a call is found ${where}`, (t) => {
    t.deepEqual(calls(text), ['file']);
  });
}

test('no text makes it throw', (t) => {
  const pieces = fc.constantFrom(
    '"',
    '${',
    '%{',
    '}',
    '{',
    '$',
    '%',
    '\\',
    '<<E\n',
    '\nE\n',
    '/*',
    '*/',
    '#',
    '//',
    '\n',
    '(',
    ')',
    'file',
    ' ',
    '\ud800',
    '\udc00',
    '😀',
    'é',
    '\0',
    '\r',
    '\u2028',
    '-',
    '_',
  );
  const soup = fc
    .array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 3 })))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(soup, (text) => {
      guardHcl('a.hcl', text, everything);
      hclFiles('a.hcl', text);
      t.pass();
    }),
    { numRuns: 500 },
  );
});

/** Valid HCL with one place for an expression, built up from inside. */
const wrap = fc.constantFrom<(inner: string) => string>(
  (inner) => `(${inner})`,
  (inner) => `[1, ${inner}]`,
  (inner) => `{ a = ${inner}, "b}" = 1 }`,
  (inner) => `upper(${inner})`,
  (inner) => `"text \\" $ %% \${${inner}} more"`,
  (inner) => `"$\${x} \${~ ${inner} ~}"`,
  (inner) => `"%{ if ${inner} }y%{ else }z%{ endif }"`,
  (inner) => `[for x in (${inner}) : x]`,
  (inner) => `(<<EOT\n  {{ "x }}" $ \${${inner}}\n  not EOT\n  EOT\n)`,
  (inner) => `(<<-E2\n %{ for x in ${inner} }\n "quote\n%{ endfor }\nE2\n)`,
  (inner) => `(true ? ${inner} : <<E\ntext file( \nE\n)`,
  (inner) => `/* " \${ */ ${inner}`,
);
const nesting = fc.array(wrap, { maxLength: 8 });
const nest = (wraps: readonly ((inner: string) => string)[], inner: string) =>
  wraps.reduce((text, around) => around(text), inner);

test('every call planted in valid HCL is found, however deep', (t) => {
  fc.assert(
    fc.property(nesting, nesting, (before, around) => {
      const text = `a = ${nest(before, '1')}\nb = ${nest(around, 'uuidv4()')}\n`;
      t.true(codes(text).includes('DRV0332'), text);
    }),
    { numRuns: 300 },
  );
});

test('names in comments, strings and heredocs around valid HCL are never found', (t) => {
  const inert = fc.constantFrom(
    '"uuidv4()"',
    '"$${uuidv4()}"',
    '1 /* uuidv4() */',
    '(1 # uuidv4()\n)',
    '(<<E\nuuidv4()\nE\n)',
  );
  fc.assert(
    fc.property(nesting, inert, (around, inner) => {
      const text = `b = ${nest(around, inner)}\n`;
      t.deepEqual(codes(text), [], text);
    }),
    { numRuns: 300 },
  );
});

test('half a megabyte of anything is read in linear time', (t) => {
  const length = 500_000;
  const texts = ['/*', 'file(', '"${', '<<E\n', '"', ' ', 'a', '$', '\\', '{', '\n', '<<E\n ', 'file("'].map(
    (piece) => piece.repeat(length / piece.length),
  );
  const startedMs = performance.now();
  for (const text of texts) guardHcl('a.hcl', text, nothing);
  t.true(performance.now() - startedMs < 10_000);
});
