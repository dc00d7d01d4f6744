import { readdir } from 'node:fs/promises';
import test from 'ava';
import { ownEnvironment, ownFolder, runDrover, smallFleet } from './run-drover.ts';

// The port of the discard protocol: nothing listens there.
const nobody = 'http://127.0.0.1:9';

test('without an address there is nothing to import from', async (t) => {
  const { exitCode, err } = await runDrover(['import', await ownFolder(t)]);
  t.is(exitCode, 2);
  t.regex(err, /Give an address with --nomad, --consul or --vault/);
});

test('an address without its scheme is a wrong usage', async (t) => {
  const { exitCode, err } = await runDrover(['import', await ownFolder(t), '--nomad', 'localhost:4646']);
  t.is(exitCode, 2);
  t.regex(err, /--nomad can't be "localhost:4646"/);
});

test('a prefix of keys needs a Consul', async (t) => {
  const args = ['import', await ownFolder(t), '--nomad', nobody, '--kv-prefix', 'shop'];
  t.is((await runDrover(args)).exitCode, 2);
});

for (const system of ['nomad', 'consul', 'vault']) {
  test(`a ${system} that does not answer is told by its address, and nothing is written`, async (t) => {
    const folder = await ownFolder(t);
    const env = await ownEnvironment(t);
    const { exitCode, err } = await runDrover(['import', folder, `--${system}`, nobody], { env });
    t.is(exitCode, 1);
    t.regex(err, /DRV9005.*127\.0\.0\.1:9/);
    t.deepEqual(await readdir(folder), []);
  });
}

test('a token file that is not there is told by its path', async (t) => {
  const env = await ownEnvironment(t);
  const args = ['import', await ownFolder(t), '--nomad', nobody, '--nomad-token-file', '/nowhere/token'];
  const { exitCode, out, err } = await runDrover(args, { env });
  t.is(exitCode, 1);
  t.regex(`${out}${err}`, /the token file \/nowhere\/token can't be read/);
});

test('with several environments the one that runs there must be said', async (t) => {
  const folder = await ownFolder(t, smallFleet);
  const { exitCode, err } = await runDrover(['import', folder, '--nomad', nobody]);
  t.is(exitCode, 2);
  t.regex(err, /which environment.*\n.*--environment; drover.yaml has: prod, dev/);
});

test('an environment that drover.yaml does not have is a wrong usage', async (t) => {
  const folder = await ownFolder(t, smallFleet);
  const { exitCode, err } = await runDrover(['import', folder, '--nomad', nobody, '--environment', 'test']);
  t.is(exitCode, 2);
  t.regex(err, /there is no environment test/);
});

test('a name that no environment may have is refused', async (t) => {
  const args = ['import', await ownFolder(t), '--nomad', nobody, '--environment', 'prod-next'];
  t.is((await runDrover(args)).exitCode, 2);
});

test('definitions with errors are told before anything is asked', async (t) => {
  const folder = await ownFolder(t, {
    ...smallFleet,
    'base/bad.yaml': 'apiVersion: drover.dev/v1alpha1\nkind: Nothing\n',
  });
  const env = await ownEnvironment(t);
  const args = ['import', folder, '--nomad', nobody, '--environment', 'dev'];
  const { exitCode, err } = await runDrover(args, { env });
  t.is(exitCode, 1);
  t.regex(err, /base\/bad\.yaml:2:7 error/);
});
