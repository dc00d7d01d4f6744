import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { compileSource } from '../../controller/reconcile/compile-source.ts';
import { renderEnvironment } from '../../controller/render/render-environment.ts';
import { readFolder } from '../../controller/source/read-folder.ts';
import { droverVersion } from '../../controller/version.ts';
import { ownEnvironment, ownFolder, runDrover, smallFleet } from './run-drover.ts';

const { signal } = new AbortController();

async function readFiles(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const found = new Map<string, Buffer>();
  for (const name of await readdir(folder, { recursive: true })) {
    const file = path.join(folder, name);
    if ((await stat(file)).isFile()) found.set(name, await readFile(file));
  }
  return found;
}

/** The tree by the house's own rooms, as the controller makes it. */
async function renderDirectly(folder: string, repoUrl: string) {
  const ports = {
    parser: { version: async () => '1.11.3', parse: () => Promise.reject(new Error('no HCL here')) },
    memo: { get: async () => undefined, put: async () => undefined },
    droverVersion,
  };
  const compiled = await compileSource(ports, await readFolder(folder, signal), signal);
  const fleet = compiled.fleets.get('prod');
  if (fleet === undefined) throw new Error('prod did not compile');
  const revision = { id: '0'.repeat(40), author: '', date: '1970-01-01T00:00:00Z', subject: '', body: '' };
  return renderEnvironment(fleet, { droverVersion, parserVersion: '1.11.3', repoUrl, revision }).tree;
}

test('render writes the bytes that the controller would commit, and nothing else', async (t) => {
  const cwd = await ownFolder(t, smallFleet);
  const out = await ownFolder(t);
  const repoUrl = 'https://git.acme.example/acme/fleet.git';
  const args = ['render', '--environment', 'prod', '--out', out, '--repo-url', repoUrl];
  const { exitCode, err } = await runDrover(args, { cwd, env: await ownEnvironment(t) });
  t.is(exitCode, 0, err);
  const written = await readFiles(out);
  const wanted = await renderDirectly(cwd, repoUrl);
  t.deepEqual([...written.keys()].toSorted(), [...wanted.keys()].toSorted());
  for (const [name, bytes] of wanted) t.deepEqual(written.get(name), Buffer.from(bytes), name);
});

test('render never overwrites a folder that holds something', async (t) => {
  const cwd = await ownFolder(t, smallFleet);
  const out = await ownFolder(t, { 'mine.txt': 'mine' });
  const args = ['render', '--environment', 'prod', '--out', out];
  const { exitCode, err } = await runDrover(args, { cwd, env: await ownEnvironment(t) });
  t.is(exitCode, 2);
  t.regex(err, /is not empty/);
  t.deepEqual([...(await readFiles(out)).keys()], ['mine.txt']);
});

test('render of an environment that does not exist names those that do', async (t) => {
  const cwd = await ownFolder(t, smallFleet);
  const args = ['render', '--environment', 'production', '--out', path.join(cwd, 'out')];
  const { exitCode, err } = await runDrover(args, { cwd, env: await ownEnvironment(t) });
  t.is(exitCode, 2);
  t.regex(err, /there is no environment production/);
  t.regex(err, /dev.*prod|prod.*dev/);
});

test('render of definitions with errors shows them and writes nothing', async (t) => {
  const cwd = await ownFolder(t, {
    ...smallFleet,
    'base/more.yaml': 'apiVersion: drover.dev/v1alpha1\nkind: Nothing\n',
  });
  const out = await ownFolder(t);
  const args = ['render', '--environment', 'prod', '--out', out];
  const { exitCode, err } = await runDrover(args, { cwd, env: await ownEnvironment(t) });
  t.is(exitCode, 1);
  t.regex(err, /base\/more\.yaml:2:/);
  t.is((await readFiles(out)).size, 0);
});
