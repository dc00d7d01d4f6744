import type { TestFn } from 'ava';
import type { ConfigToCheck, ConfigVerdict } from '../../controller/model/program-config.ts';
import type { ConfigChecker } from '../../controller/ports/config-checker.ts';

export interface ConfigSamples {
  readonly good: ConfigToCheck;
  /** One file is wrong. */
  readonly bad: ConfigToCheck;
  /** None where the program is given one file and names none. */
  readonly badPath?: string;
  readonly badLine?: number;
  readonly words: RegExp;
}

/** What everybody promises who judges configuration files; `create` gives one that has the program of the samples. */
export function configCheckerContract(
  test: TestFn,
  name: string,
  { create, samples }: { create: () => Promise<ConfigChecker>; samples: ConfigSamples },
): void {
  const signal = AbortSignal.timeout(60_000);
  const { good, bad, badPath, badLine, words } = samples;
  const problemsOf = (verdict: ConfigVerdict | undefined) =>
    verdict === undefined || verdict.ok ? [] : verdict.problems;

  test(`${name}: the program is here, and has a version`, async (t) => {
    const checker = await create();
    const version = await checker.version(good.form, signal);
    t.truthy(version);
    t.is(await checker.version(good.form, signal), version);
  });

  test(`${name}: good files are accepted`, async (t) => {
    t.deepEqual(await (await create()).check(good, signal), { ok: true });
  });

  test(`${name}: bad files are refused, with the file, the line where there is one, and a reason`, async (t) => {
    const problems = problemsOf(await (await create()).check(bad, signal));
    t.true(problems.length > 0);
    const [first] = problems;
    t.is(first?.path, badPath);
    t.is(first?.line, badLine);
    t.regex(first?.message ?? '', words);
  });

  test(`${name}: the same files are judged the same, also at once`, async (t) => {
    const checker = await create();
    const [one, two] = await Promise.all([checker.check(bad, signal), checker.check(bad, signal)]);
    t.deepEqual(one, two);
  });

  test(`${name}: an aborted question ends with the reason`, async (t) => {
    const checker = await create();
    const reason = new Error('enough');
    await t.throwsAsync(checker.check(good, AbortSignal.abort(reason)), { is: reason });
  });
}
