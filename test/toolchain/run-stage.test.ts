import test from 'ava';
import { createReportReader, runStage } from '../../scripts/run-stage.ts';

function read(report: string) {
  const reader = createReportReader();
  return { shown: report.split('\n').filter((line) => reader.read(line)), ...reader.result() };
}

test('failures are shown with their details, what passed is only counted', (t) => {
  const { shown, passed, failed } = read(`
  ✔ room › good
    ℹ a log line
      of two lines
  ✘ [fail]: room › bad no
    ℹ what it said
  - [skip] room › later
  ✔ room › slow (1.2s)
  ─

  room › bad

  Difference

  ─

  1 test failed
  1 test skipped`);
  t.deepEqual(
    shown.filter((line) => line !== ''),
    [
      '  ✘ [fail]: room › bad no',
      '    ℹ what it said',
      '  ─',
      '  room › bad',
      '  Difference',
      '  ─',
      '  1 test skipped',
    ],
  );
  t.deepEqual({ passed, failed }, { passed: 2, failed: 1 });
});

test('what fails outside of tests is counted and shown', (t) => {
  const { shown, passed, failed } = read(`
  ✔ good

  Uncaught exception in test/x.test.ts

  Error: late
  ✘ test/x.test.ts exited with a non-zero exit code: 1
  ─

  1 uncaught exception`);
  t.true(shown.includes('  Error: late'));
  t.deepEqual({ passed, failed }, { passed: 1, failed: 1 });
});

test('output that ends without the closing counts is a failure', (t) => {
  const { passed, failed } = read('\n  ✔ good');
  t.deepEqual({ passed, failed }, { passed: 1, failed: 1 });
});

test('a command that exits badly has failed although its counts look good', async (t) => {
  const script = 'echo "  ─"; echo "  3 tests passed"; exit 1';
  const stage = { name: 'x', command: 'sh', args: ['-c', script], kind: 'tests' } as const;
  const { passed, failed } = await runStage(stage, t.log);
  t.deepEqual({ passed, failed }, { passed: 3, failed: 1 });
});

test('a command that is not there has failed', async (t) => {
  const stage = { name: 'x', command: 'no-such-command-here', args: [], kind: 'check' } as const;
  const { passed, failed } = await runStage(stage, t.log);
  t.deepEqual({ passed, failed }, { passed: 0, failed: 1 });
});
