import test from 'ava';
import { ownEnvironment, ownFolder, runDrover, smallFleet } from './run-drover.ts';

const cluster = `apiVersion: drover.dev/v1alpha1
kind: NomadCluster
metadata: {name: main}
spec: {version: 1.11.3, development: true, servers: {}, clients: {}}
`;

test('headroom tells what is asked of what there is, in each environment', async (t) => {
  const cwd = await ownFolder(t, { ...smallFleet, 'base/cluster.yaml': cluster });
  const { exitCode, out, err } = await runDrover(['headroom'], { cwd, env: await ownEnvironment(t) });
  t.is(exitCode, 0, err);
  t.regex(out, /^dev\npool {5}clients {2}jobs {2}memory MiB/m);
  t.regex(out, /^default {2}1 {8}1 {5}300 of 1024 \(29 %\) {2}100 of \?/m);
});

test('headroom as JSON carries the numbers of one environment', async (t) => {
  const cwd = await ownFolder(t, { ...smallFleet, 'base/cluster.yaml': cluster });
  const args = ['headroom', '--environment', 'prod', '--format', 'json'];
  const { out } = await runDrover(args, { cwd, env: await ownEnvironment(t) });
  const [room, ...others] = JSON.parse(out) as { environment: string; pools: { memoryMiB: object }[] }[];
  t.deepEqual(others, []);
  t.is(room?.environment, 'prod');
  t.deepEqual(room?.pools[0]?.memoryMiB, { offered: 1024, asked: 300, spareWithoutLargest: -300 });
});

test('without a NomadCluster nothing is known of room', async (t) => {
  const cwd = await ownFolder(t, smallFleet);
  const { out } = await runDrover(['headroom'], { cwd, env: await ownEnvironment(t) });
  t.regex(out, /nothing is known/);
});

test('an environment that is not there is a wrong usage', async (t) => {
  const cwd = await ownFolder(t, smallFleet);
  const args = ['headroom', '--environment', 'test'];
  const { exitCode, err } = await runDrover(args, { cwd, env: await ownEnvironment(t) });
  t.is(exitCode, 2);
  t.regex(err, /no environment test/);
});
