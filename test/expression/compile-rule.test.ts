import test from 'ava';
import * as fc from 'fast-check';
import { compileRule, ruleValue } from '../../controller/expression/compile-rule.ts';

const magnitudes = { listLength: 10, textLength: 100 };
const variables = ['job', 'environment'];
const job = ruleValue({ images: ['a@sha256:1', 'b', 'c'], count: 2 });
const context = { job, environment: ruleValue('demo') };

function compile(text: string) {
  return compileRule({ text, variables, magnitudes, gives: 'bool' });
}

test('a rule over all elements names those that break it', (t) => {
  for (const text of [
    'job.images.all(i, i.contains("@sha256:"))',
    ' job.images . all( i , (i.contains("@") || i == "x") && true ) ',
  ]) {
    const compiled = compile(text);
    if (!compiled.ok) throw new Error(compiled.problem.message);
    t.deepEqual(compiled.rule.evaluate(context), { ok: true, value: false });
    t.deepEqual(compiled.rule.offenders(context), ['b', 'c'], text);
    t.is(compiled.rule.over?.list, 'images');
  }
});

test('other rules have no elements to name', (t) => {
  const compiled = compile('job.count > 1 && job.images.all(i, i != "")');
  if (!compiled.ok) throw new Error(compiled.problem.message);
  t.is(compiled.rule.over, undefined);
  t.deepEqual(compiled.rule.offenders(context), []);
  t.deepEqual([...compiled.rule.reads].sort(), ['i', 'job']);
});

test('what a rule may not do is told with its place', (t) => {
  const problem = (text: string) => {
    const compiled = compile(text);
    return compiled.ok ? undefined : { code: compiled.problem.entry.code, start: compiled.problem.start };
  };
  t.deepEqual(problem('job.count > '), { code: 'DRV0401', start: problem('job.count > ')?.start });
  t.deepEqual(problem('true && jbo.count > 1'), { code: 'DRV0402', start: 8 });
  t.is(problem('job.images.all(i, i.matches("a"))')?.code, 'DRV0403');
  t.is(problem('job.count + 1')?.code, 'DRV0404');
  t.is(problem('size(job.images)')?.code, 'DRV0404');
  t.is(problem('"a".repeat(9) == ""')?.code, 'DRV0403');
  t.is(
    problem(
      `job.a.all(a, job.a.all(b, job.a.all(c, job.a.all(d, job.a.all(e, job.a.all(f, job.a.all(g, a == b)))))))`,
    )?.code,
    'DRV0406',
  );
  t.is(problem(`"${'a'.repeat(2100)}" == ""`)?.code, 'DRV0406');
  t.is(problem('secret("a", "b") == ""')?.code, 'DRV0404');
});

test('no text throws', (t) => {
  const piece = fc.constantFrom(
    'job',
    '.',
    'images',
    '.all(',
    'i',
    ',',
    ')',
    '(',
    '"',
    '&&',
    '[',
    '1',
    ' ',
    '!',
    '{',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const compiled = compile(pieces.join(''));
      if (compiled.ok) compiled.rule.evaluate(context);
      if (compiled.ok) compiled.rule.offenders(context);
      return true;
    }),
  );
  t.pass();
});

test('a sign that is wanted is told as it is written', (t) => {
  const message = (text: string) => {
    const compiled = compile(text);
    return compiled.ok ? undefined : compiled.problem.message;
  };
  t.is(message('job.images.all(i, i != ""'), 'expected ")", but found the end');
  t.is(message('job.count > 1 ? true false'), 'expected ":", but found boolean');
  t.is(message('[1, 2'), 'expected "]", but found the end');
});
