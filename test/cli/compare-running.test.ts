import test from 'ava';
import { comparisonText } from '../../controller/cli/compare-running.ts';
import type { LiveFinding } from '../../controller/model/plan.ts';
import { ownEnvironment, ownFolder, runDrover, smallFleet } from './run-drover.ts';

const finding = (unit: string, state: LiveFinding['state'], ...notes: readonly string[]): LiveFinding => ({
  unit,
  state,
  notes,
  updates: [],
});
const sources = new Map([['consul-key:a', 'base/a.yaml']]);

test('what is equal is only counted', (t) => {
  const found = [finding('consul-key:a', 'equal'), finding('consul-key:b', 'equal')];
  t.is(comparisonText(found, sources), 'compared with what runs: 2 of 2 equal\n');
});

test('what differs is told one by one, what a system does not tell once for all of it', (t) => {
  const found = [
    finding('consul-key:a', 'differs', 'its value differs'),
    finding('consul-key:b', 'absent'),
    ...['x', 'y'].map((name) => finding(`nomad-job:${name}`, 'unknown', 'no answer')),
  ];
  t.is(
    comparisonText(found, sources),
    `consul-key:a (base/a.yaml): its value differs
consul-key:b (?): not there
nomad-job:x (?), nomad-job:y (?): no answer

compared with what runs: 0 of 4 equal, 1 different, 1 not there, 2 not known
`,
  );
});

// The port of the discard protocol: nothing listens there.
const nobody = 'http://127.0.0.1:9';

test('a system that does not answer is not one that has nothing', async (t) => {
  const args = ['import', await ownFolder(t, smallFleet), '--compare', '--consul', nobody];
  const { exitCode, out } = await runDrover([...args, '--environment', 'prod'], {
    env: await ownEnvironment(t),
  });
  t.is(exitCode, 1);
  t.regex(out, /0 of 1 equal, 1 not known\n$/);
});

test('to compare takes no option that chooses or writes', async (t) => {
  const args = ['import', await ownFolder(t, smallFleet), '--compare', '--nomad', nobody, '--force'];
  const { exitCode, err } = await runDrover(args);
  t.is(exitCode, 2);
  t.regex(err, /Leave out --force, --report, --kv-prefix and --namespaces\./);
});

test('of a system that nothing is declared for there is nothing to compare', async (t) => {
  const args = ['import', await ownFolder(t, smallFleet), '--compare', '--vault', nobody];
  const { exitCode, err } = await runDrover([...args, '--environment', 'prod'], {
    env: await ownEnvironment(t),
  });
  t.is(exitCode, 2);
  t.regex(err, /prod declares nothing of the systems/);
});
