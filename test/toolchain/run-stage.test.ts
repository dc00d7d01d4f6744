import test from 'ava';
import { createTapReader, runStage } from '../../scripts/run-stage.ts';

function read(tap: string) {
  const reader = createTapReader();
  return { shown: tap.split('\n').filter((line) => reader.read(line)), ...reader.result() };
}

test('failures are shown with their details, what passed is only counted', (t) => {
  const { shown, passed, failed } = read(`TAP version 13
ok 1 - good
#   a log line
not ok 2 - bad
  ---
  message: no
  ...
ok 3 - good

1..3
# tests 3
# pass 2
# fail 1`);
  t.deepEqual(shown, ['not ok 2 - bad', '  ---', '  message: no', '  ...']);
  t.deepEqual({ passed, failed }, { passed: 2, failed: 1 });
});

test('output that ends without the closing counts is a failure', (t) => {
  const { passed, failed } = read('TAP version 13\nok 1 - good');
  t.deepEqual({ passed, failed }, { passed: 1, failed: 1 });
});

test('a command that exits badly has failed although its counts look good', async (t) => {
  const script = 'echo "# pass 3"; echo "# fail 0"; exit 1';
  const stage = { name: 'x', command: 'sh', args: ['-c', script], kind: 'tap' } as const;
  const { passed, failed } = await runStage(stage, t.log);
  t.deepEqual({ passed, failed }, { passed: 3, failed: 1 });
});

test('a command that is not there has failed', async (t) => {
  const stage = { name: 'x', command: 'no-such-command-here', args: [], kind: 'check' } as const;
  const { passed, failed } = await runStage(stage, t.log);
  t.deepEqual({ passed, failed }, { passed: 0, failed: 1 });
});
