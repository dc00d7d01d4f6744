import test from 'ava';
import { createMemoryMemo } from '../../controller/adapters/system/memory-memo.ts';
import { checkConfigs } from '../../controller/source/check-configs.ts';
import { configOf } from '../adapters/programs/samples.ts';
import { createFakeConfigChecker } from '../fakes/config-checker.ts';

const signal = AbortSignal.timeout(10_000);
const many = Array.from({ length: 9 }, (_, index) => configOf('consul', ['/c'], { '/c/a.json': `${index}` }));
const refused = configOf('consul', ['/c'], { '/c/a.json': 'a\nrefused' });

test('verdicts come in the order of the questions, at most four processes at once', async (t) => {
  const checker = createFakeConfigChecker();
  const verdicts = await checkConfigs([...many, refused], { checker, memo: createMemoryMemo() }, signal);
  t.deepEqual(
    verdicts.map((verdict) => verdict?.ok),
    [...many.map(() => true), false],
  );
  t.is(checker.mostAtOnce(), 4);
});

test('what was judged once is not judged again, refusals included', async (t) => {
  const memo = createMemoryMemo();
  const first = createFakeConfigChecker();
  const before = await checkConfigs([...many, refused], { checker: first, memo }, signal);
  const second = createFakeConfigChecker();
  t.deepEqual(await checkConfigs([...many, refused], { checker: second, memo }, signal), before);
  t.is(second.asked.length, 0);
});

test('another version of the program judges anew', async (t) => {
  const memo = createMemoryMemo();
  await checkConfigs(many, { checker: createFakeConfigChecker(), memo }, signal);
  const newer = createFakeConfigChecker({ version: '2' });
  await checkConfigs(many, { checker: newer, memo }, signal);
  t.is(newer.asked.length, many.length);
});

test('a program that is not here judges nothing, and is asked again another time', async (t) => {
  const memo = createMemoryMemo();
  const absent = createFakeConfigChecker({ forms: [] });
  t.deepEqual(await checkConfigs([refused], { checker: absent, memo }, signal), [undefined]);
  const present = createFakeConfigChecker();
  t.like(await checkConfigs([refused], { checker: present, memo }, signal), [{ ok: false }]);
});

test('a memo that holds something else costs a question, nothing more', async (t) => {
  const checker = createFakeConfigChecker();
  for (const text of ['', 'null', '{"ok": 1}', '{"ok": false, "problems": [1]}']) {
    const memo = { get: async () => new TextEncoder().encode(text), put: async () => undefined };
    t.like(await checkConfigs([refused], { checker, memo }, signal), [{ ok: false }], text);
  }
});
