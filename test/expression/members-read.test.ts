import test from 'ava';
import { compileRule } from '../../controller/expression/compile-rule.ts';

function membersOf(text: string): readonly string[] | undefined {
  const magnitudes = { listLength: 0, textLength: 0 };
  const compiled = compileRule({ text, variables: ['vars', 'job'], magnitudes, gives: 'any' });
  if (!compiled.ok) throw new Error(compiled.problem.message);
  const names = compiled.rule.membersOf('vars');
  return names === undefined ? undefined : [...names].sort();
}

test('members that a rule names are found wherever they stand', (t) => {
  t.deepEqual(membersOf('job.count < vars.most && !has(vars.least)'), ['least', 'most']);
  t.deepEqual(membersOf('job.images.all(i, vars["registries"].exists(r, i.startsWith(r)))'), ['registries']);
  t.deepEqual(membersOf('{"a": [vars.a.b.c]}'), ['a']);
  t.deepEqual(membersOf('job.vars'), []);
});

test('of a variable that is read in another way no members are told', (t) => {
  t.is(membersOf('"a" in vars'), undefined);
  t.is(membersOf('vars[job.name] == 1'), undefined);
  t.is(membersOf('vars.all(name, name != "a")'), undefined);
});
