import test from 'ava';
import * as fc from 'fast-check';
import { schemaCodes } from '../../controller/compile/compile-codes.ts';
import type { Diagnostic } from '../../controller/model/diagnostic.ts';
import type { FormatContext } from '../../controller/report/format-context.ts';
import { type DiagnosticFormat, formatDiagnostics } from '../../controller/report/format-diagnostics.ts';
import { sourceOf } from '../compile/source-of.ts';

const source = sourceOf({
  'base/a.yaml': 'kind: Server\r\n\tname: web\nlong: ' + 'x'.repeat(500) + '\n',
  'base/b.yaml': 'a: 1\nb: 2\nname: twin\n',
});

const finding: Diagnostic = {
  code: 'DRV0304',
  severity: 'error',
  message: 'there is no field "name" here',
  span: { path: 'base/a.yaml', line: 2, column: 2, endLine: 2, endColumn: 6 },
  environment: 'prod',
  related: [
    {
      message: 'first given here',
      span: { path: 'base/b.yaml', line: 3, column: 1, endLine: 3, endColumn: 5 },
    },
  ],
  hint: 'did you mean "names"?',
};

const schemaCodesOf = Object.values(schemaCodes);

const show = (
  diagnostics: readonly Diagnostic[],
  format: DiagnosticFormat,
  context: Partial<FormatContext> = {},
) =>
  formatDiagnostics(diagnostics, format, {
    source,
    codes: schemaCodesOf,
    droverVersion: '0.4.0',
    ...context,
  });

test('a text finding has its place, code, underlined span, related place and hint', (t) => {
  t.is(
    show([finding], 'text'),
    [
      'base/a.yaml:2:2 error DRV0304 [prod] there is no field "name" here',
      '  2 |     name: web',
      '    |     ^^^^',
      '  = first given here: base/b.yaml:3:1',
      '  3 | name: twin',
      '    | ----',
      '  = why: Nothing reads it, so it would change nothing.',
      '  = hint: did you mean "names"?',
      '',
      '1 error',
      '',
    ].join('\n'),
  );
});

test('JSON has the fields that the command promises and no others', (t) => {
  const [parsed] = JSON.parse(show([finding], 'json')) as object[];
  t.deepEqual(parsed, {
    code: 'DRV0304',
    severity: 'error',
    message: 'there is no field "name" here',
    path: 'base/a.yaml',
    line: 2,
    column: 2,
    endLine: 2,
    endColumn: 6,
    environment: 'prod',
    related: [
      { message: 'first given here', path: 'base/b.yaml', line: 3, column: 1, endLine: 3, endColumn: 5 },
    ],
    hint: 'did you mean "names"?',
  });
});

test('no findings are an empty JSON array, and one line of text that says what was looked at', (t) => {
  t.is(show([], 'json'), '[]\n');
  t.is(show([], 'text'), '');
  t.is(show([], 'text', { checked: '3 definitions' }), 'no findings in 3 definitions\n');
  t.is(show([], 'github'), '');
});

test('a workflow command keeps the separators of a message apart', (t) => {
  const nasty: Diagnostic = {
    ...finding,
    message: '100%, a::b\n::error::spoofed',
    span: { ...finding.span, path: 'a,b:c.yaml' },
  };
  t.is(
    show([nasty], 'github'),
    '::error file=a%2Cb%3Ac.yaml,line=2,col=2,endLine=2,endColumn=6,title=DRV0304 (prod)::' +
      '100%25, a::b%0A::error::spoofed%0Ahint: did you mean "names"?\n',
  );
});

test('control characters and direction marks of a message do not reach the terminal', (t) => {
  const shown = show([{ ...finding, message: 'a\u001b[31mb\u202ec' }], 'text');
  t.true(shown.includes('a\ufffd[31mb\ufffdc'));
});

test('a long line is shown around its span', (t) => {
  const span = { path: 'base/a.yaml', line: 3, column: 300, endLine: 3, endColumn: 305 };
  const [, line, mark] = show([{ ...finding, span }], 'text').split('\n');
  t.true((line?.length ?? 0) < 140);
  t.is(mark?.indexOf('^'), (line?.indexOf('…') ?? 0) + 31);
  t.true(mark?.endsWith('^^^^^'));
});

test('a place that the source does not have is shown without a frame', (t) => {
  for (const span of [
    { ...finding.span, path: 'gone.yaml' },
    { ...finding.span, line: 99, endLine: 99 },
  ]) {
    t.false(show([{ ...finding, span }], 'text').includes('^'));
  }
});

test('no finding makes a format throw', (t) => {
  const position = fc.integer({ min: 1, max: 700 });
  const findings = fc.record({
    message: fc.string({ unit: 'binary' }),
    line: position,
    column: position,
    endLine: position,
    endColumn: position,
  });
  fc.assert(
    fc.property(findings, ({ message, ...span }) => {
      const any = { ...finding, message, span: { path: 'base/a.yaml', ...span } };
      t.true(show([any], 'text').includes('DRV0304'));
      t.is(show([any], 'github').trimEnd().split('\n').length, 1);
      t.is((JSON.parse(show([any], 'json')) as unknown[]).length, 1);
    }),
  );
});

test('waived findings are counted at the end', (t) => {
  const waived = [{ finding, reason: 'known' }];
  t.regex(
    show([finding], 'text', { checked: '3 definitions', waived }),
    /1 error in 3 definitions; 1 waived\n$/,
  );
});
