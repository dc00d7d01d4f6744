import test from 'ava';
import { mergeDiagnostics } from '../../controller/compile/merge-diagnostics.ts';
import type { Diagnostic } from '../../controller/model/diagnostic.ts';

function found(environment: string, message: string, column = 1): Diagnostic {
  const span = { path: 'a.yaml', line: 1, column, endLine: 1, endColumn: column + 1 };
  return { code: 'DRV0550', severity: 'error', message, span, environment };
}

test('what all environments say in the same words is one finding of none of them', (t) => {
  const merged = mergeDiagnostics([found('dev', 'x'), found('prod', 'x')]);
  t.is(merged.length, 1);
  t.is(merged[0]?.environment, undefined);
});

test('what each environment says of one place in its own words is one finding, with the words of all', (t) => {
  const [only, ...others] = mergeDiagnostics([found('dev', 'c1 offers 4'), found('prod', 'c9 offers 8')]);
  t.deepEqual(others, []);
  t.is(only?.message, 'c1 offers 4 (in dev)');
  t.deepEqual(only?.related, [{ message: 'in prod: c9 offers 8', span: found('', '').span }]);
  t.is(only?.environment, undefined);
});

test('several findings of one environment at one place are several mistakes', (t) => {
  const all = [found('dev', 'no key a'), found('dev', 'no key b'), found('prod', 'no key a')];
  t.is(mergeDiagnostics(all).length, 2);
});

test('findings at different places stay apart', (t) => {
  t.is(mergeDiagnostics([found('dev', 'x'), found('prod', 'x', 5)]).length, 2);
});

test('one mistake at several places is told once, as an error where it is one, with the others beside it', (t) => {
  const mistake = { key: 'x', also: 'wanted here, too' };
  const warning: Diagnostic = { ...found('dev', 'no x', 1), severity: 'warning', mistake };
  const error: Diagnostic = { ...found('dev', 'x is not there', 5), code: 'DRV0551', mistake };
  const other = found('dev', 'no y', 9);
  const told = mergeDiagnostics([warning, other, error]);
  t.deepEqual(
    told.map(({ message, environment }) => [message, environment]),
    [
      ['x is not there', 'dev'],
      ['no y', 'dev'],
    ],
  );
  t.deepEqual(told[0]?.related, [{ message: 'wanted here, too', span: warning.span }]);
  t.true(told.every((finding) => finding.mistake === undefined));
  const elsewhere = { ...error, environment: 'prod' };
  t.deepEqual(
    mergeDiagnostics([warning, elsewhere]).map(({ environment }) => environment),
    [undefined],
  );
});

test('places that are shown once are not listed again beside it', (t) => {
  const mistake = { key: 'x', also: 'wanted here, too' };
  const same = (message: string, line: number): Diagnostic => ({ ...found('dev', message, line), mistake });
  const all = [same('a wants x', 1), same('b wants x', 1), same('c wants x', 5), same('d wants x', 5)];
  const [only, ...others] = mergeDiagnostics(all);
  t.deepEqual(others, []);
  t.deepEqual(only?.related, [{ message: 'wanted here, too', span: found('dev', '', 5).span }]);
});
