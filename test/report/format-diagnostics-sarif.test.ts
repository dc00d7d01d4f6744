import test from 'ava';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { schemaCodes } from '../../controller/compile/compile-codes.ts';
import type { Diagnostic, WaivedFinding } from '../../controller/model/diagnostic.ts';
import { formatDiagnostics } from '../../controller/report/format-diagnostics.ts';
import { sourceOf } from '../compile/source-of.ts';

const finding: Diagnostic = {
  code: 'DRV0304',
  severity: 'error',
  message: 'there is no field "name" here',
  span: { path: 'base/a b#.yaml', line: 2, column: 2, endLine: 2, endColumn: 6 },
  environment: 'prod',
  related: [
    { message: 'first here', span: { path: 'base/b.yaml', line: 3, column: 1, endLine: 3, endColumn: 5 } },
  ],
  hint: 'did you mean "names"?',
};

/** What the standard asks of the parts that are written. */
const text = Type.Object({ text: Type.String({ minLength: 1 }) });
const physicalLocation = Type.Object({
  artifactLocation: Type.Object({
    uri: Type.String({ pattern: '^[A-Za-z0-9._~%/-]+$' }),
    uriBaseId: Type.String(),
  }),
  region: Type.Object({
    startLine: Type.Integer({ minimum: 1 }),
    startColumn: Type.Integer({ minimum: 1 }),
    endLine: Type.Integer({ minimum: 1 }),
    endColumn: Type.Integer({ minimum: 1 }),
  }),
});
const level = Type.Union([Type.Literal('error'), Type.Literal('warning'), Type.Literal('note')]);
const rule = Type.Object({
  id: Type.String(),
  shortDescription: text,
  fullDescription: text,
  help: Type.Object({ text: Type.String(), markdown: Type.String() }),
  defaultConfiguration: Type.Object({ level }),
});
const result = Type.Object({
  ruleId: Type.String(),
  ruleIndex: Type.Optional(Type.Integer({ minimum: 0 })),
  level,
  message: text,
  locations: Type.Array(Type.Object({ physicalLocation }), { minItems: 1, maxItems: 1 }),
  relatedLocations: Type.Optional(
    Type.Array(Type.Object({ id: Type.Integer(), message: text, physicalLocation }), { minItems: 1 }),
  ),
  partialFingerprints: Type.Record(Type.String(), Type.String({ minLength: 1 })),
  suppressions: Type.Optional(
    Type.Array(Type.Object({ kind: Type.Literal('inSource'), justification: Type.String() })),
  ),
});
const log = Type.Object({
  $schema: Type.String(),
  version: Type.Literal('2.1.0'),
  runs: Type.Array(
    Type.Object({
      tool: Type.Object({
        driver: Type.Object({
          name: Type.Literal('drover'),
          semanticVersion: Type.String(),
          rules: Type.Array(rule),
        }),
      }),
      columnKind: Type.Literal('utf16CodeUnits'),
      invocations: Type.Optional(
        Type.Array(
          Type.Object({
            executionSuccessful: Type.Literal(true),
            toolExecutionNotifications: Type.Array(Type.Object({ level, message: text })),
          }),
        ),
      ),
      results: Type.Array(result),
    }),
    { minItems: 1, maxItems: 1 },
  ),
});

interface Given {
  readonly waived?: readonly WaivedFinding[];
  readonly files?: Readonly<Record<string, string>>;
  readonly folder?: string;
}

/** The only run; and its result, where there is one alone. */
function runOf(diagnostics: readonly Diagnostic[], { waived = [], files = {}, folder = '' }: Given = {}) {
  const context = {
    source: sourceOf(files),
    codes: Object.values(schemaCodes),
    droverVersion: '0.4.0',
    waived,
    folder,
  };
  const parsed: unknown = JSON.parse(formatDiagnostics(diagnostics, 'sarif', context));
  const [run] = Value.Parse(log, parsed).runs;
  if (run === undefined) throw new Error('the log has no run');
  return run;
}

function resultsOf(diagnostics: readonly Diagnostic[], given: Given = {}) {
  return runOf(diagnostics, given).results;
}

test('a finding is a result of its rule', (t) => {
  const { tool, results } = runOf([finding]);
  t.deepEqual(
    results.map(({ ruleId, ruleIndex = -1 }) => [ruleId, tool.driver.rules[ruleIndex]?.id]),
    [['DRV0304', 'DRV0304']],
  );
  t.regex(results[0]?.message.text ?? '', /\(prod\)\nhint: did you mean/);
});

test('a result has its place, with an encoded path, and the related ones', (t) => {
  const [only] = resultsOf([finding]);
  t.is(only?.locations[0]?.physicalLocation.artifactLocation.uri, 'base/a%20b%23.yaml');
  t.is(only?.relatedLocations?.length, 1);
});

test('no findings are a run without results', (t) => {
  t.deepEqual(resultsOf([]), []);
});

test('a line added above does not change the fingerprint, and twins have different ones', (t) => {
  const lower = { ...finding, span: { ...finding.span, line: 9, endLine: 9 } };
  const [first] = resultsOf([finding]);
  const [moved, twin] = resultsOf([lower, finding]);
  t.deepEqual(moved?.partialFingerprints, first?.partialFingerprints);
  t.notDeepEqual(twin?.partialFingerprints, first?.partialFingerprints);
});

test('a waived finding is a suppressed result with its reason', (t) => {
  const [only] = resultsOf([], { waived: [{ finding, reason: 'moves next month' }] });
  t.is(only?.suppressions?.[0]?.justification, 'moves next month');
});

test('a result has the hash by which GitHub tells its line, but not of a line that may hold a secret', (t) => {
  const files = { [finding.span.path]: 'a: 1\n name: 2\n' };
  const [shown, hidden] = resultsOf([finding, { ...finding, hidesText: true }], { files });
  t.regex(shown?.partialFingerprints['primaryLocationLineHash'] ?? '', /^[0-9a-f]{1,16}:1$/);
  t.false('primaryLocationLineHash' in (hidden?.partialFingerprints ?? {}));
});

test('paths are those of the repository around the definitions', (t) => {
  const [only] = resultsOf([finding], { folder: 'ops/my fleet' });
  t.is(only?.locations[0]?.physicalLocation.artifactLocation.uri, 'ops/my%20fleet/base/a%20b%23.yaml');
  t.is(only?.relatedLocations?.[0]?.physicalLocation.artifactLocation.uri, 'ops/my%20fleet/base/b.yaml');
});

test('of more findings than GitHub takes the errors are kept, and it is said how many are left out', (t) => {
  const warnings = Array.from({ length: 25_000 }, (): Diagnostic => ({ ...finding, severity: 'warning' }));
  const { results, invocations } = runOf([...warnings, finding], { waived: [{ finding, reason: 'later' }] });
  t.is(results.length, 25_000);
  t.is(results.at(-1)?.level, 'error');
  t.regex(invocations?.[0]?.toolExecutionNotifications[0]?.message.text ?? '', /^2 findings are left out/);
});
