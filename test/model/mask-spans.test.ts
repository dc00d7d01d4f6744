import test from 'ava';
import type { Diagnostic, Span } from '../../controller/model/diagnostic.ts';
import { maskSpans } from '../../controller/model/mask-spans.ts';
import { diagnosticSection } from '../../controller/plan/words/diagnostic-list.ts';
import { diagnosticsText } from '../../controller/report/format-diagnostics-text.ts';

const text = 'env: {PASSWORD: hunter2, LOG: info}\nkey: |\n  first line\n  second\nend: x\n';

function finding(place: Partial<Span>, hidesText: boolean): Diagnostic {
  const span = { path: 'a.yaml', line: 1, column: 17, endLine: 1, endColumn: 24, ...place };
  const base = { code: 'DRV0828', severity: 'warning', message: 'found', span } as const;
  return hidesText ? { ...base, hidesText: true } : base;
}

const textOf = (path: string) => (path === 'a.yaml' ? text : undefined);

test('what one finding hides no finding shows, and all else stays at its column', (t) => {
  const shown = maskSpans(textOf, [finding({}, true), finding({ column: 1 }, false)]);
  t.is(shown('a.yaml'), text.replace('hunter2', '•••••••'));
  t.is(shown('b.yaml'), undefined);
  t.is(maskSpans(textOf, [finding({}, false)])('a.yaml'), text);
});

test('a text of several lines is hidden whole, also past the end of the file', (t) => {
  const block = { line: 3, column: 3, endLine: 9, endColumn: 1 };
  const shown = maskSpans(textOf, [finding(block, true)])('a.yaml') ?? '';
  t.false(/first|second|x/.test(shown));
  t.is(shown.length, text.length);
});

test('neither the command line nor a comment repeats a secret', (t) => {
  const findings = [finding({}, true), finding({ column: 1, endColumn: 4 }, false)];
  const line = diagnosticsText(findings, { codes: [] }, textOf);
  const comment = diagnosticSection(findings, textOf, {
    diagnostics: 10,
  } as Parameters<typeof diagnosticSection>[2]).join('\n');
  for (const told of [line, comment]) {
    t.false(told.includes('hunter2'));
    t.true(told.includes('PASSWORD'));
  }
});
