import { join } from 'node:path';
import test from 'ava';
import { createGitObjects } from '../../controller/adapters/git/objects.ts';
import { createGitRemote } from '../../controller/adapters/git/remote.ts';
import { createRecordBranch } from '../../controller/hydrate/record-branch.ts';
import { ConflictError, DefectError, SourceError } from '../../controller/model/errors.ts';
import { temporaryFolders } from '../adapters/git/temporary.ts';
import { recordContract } from '../contracts/record.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { createFakeObjects } from '../fakes/objects.ts';
import { createFakeRecord } from '../fakes/record.ts';
import { createFakeRemote } from '../fakes/remote.ts';

const signal = AbortSignal.timeout(60_000);
const recordRef = 'refs/heads/drover/record';
const folder = temporaryFolders(test);
/** Pauses take no time. */
const clock = { ...createFakeClock(), sleep: async () => undefined };

recordContract(test, 'fake', async () => createFakeRecord());
recordContract(test, 'branch in memory', async () =>
  createRecordBranch({ objects: createFakeObjects(), remote: createFakeRemote(), clock }),
);
recordContract(test, 'branch in git', async () => {
  const server = join(await folder(), 'server.git');
  const commit = { files: new Map(), parents: [], message: 'x', date: '2026-03-01T12:00:00Z' };
  await createGitObjects({ directory: server }).writeCommit(commit, signal);
  const directory = await folder();
  const remote = createGitRemote({ directory, url: `file://${server}`, transports: ['file'] });
  return createRecordBranch({ objects: createGitObjects({ directory }), remote, clock });
});

function setup() {
  const objects = createFakeObjects();
  const remote = createFakeRemote();
  const record = createRecordBranch({ objects, remote, clock });
  return { objects, remote, record };
}

test('what is there already is not pushed again', async (t) => {
  const { remote, record } = setup();
  await record.append(new Map([['a.json', 1]]), signal);
  await record.append(new Map([['a.json', 1]]), signal);
  await record.append(new Map(), signal);
  t.is(remote.pushes.length, 1);
});

test('several controllers append at once and nothing is lost', async (t) => {
  const { objects, remote } = setup();
  const writers = Array.from({ length: 5 }, () => createRecordBranch({ objects, remote, clock }));
  await Promise.all(
    writers.map((writer, index) => writer.append(new Map([[`w${index}.json`, index]]), signal)),
  );
  t.deepEqual(await writers[0]?.list('', signal), ['w0.json', 'w1.json', 'w2.json', 'w3.json', 'w4.json']);
  t.is(await objects.countReachable(remote.refs.get(recordRef) ?? '', signal), 5);
});

test('a record that a killed controller wrote a moment ago stays, and the next one goes on', async (t) => {
  const { objects, remote, record } = setup();
  t.deepEqual(await record.list('', signal), []);
  const killed = createRecordBranch({ objects, remote, clock });
  await killed.append(new Map([['applied/demo/a.json', { at: 'then' }]]), signal);
  // The listing of a moment ago still counts.
  t.deepEqual(await record.list('', signal), []);
  const entries = new Map([['applied/demo/a.json', { at: 'now' }]]);
  t.deepEqual(await record.append(entries, signal), []);
  t.deepEqual(await record.read('applied/demo/a.json', signal), { at: 'then' });
});

test('a branch that never stands still is a conflict after six attempts', async (t) => {
  const { objects, remote, record } = setup();
  let pushes = 0;
  const commit = async (message: string) =>
    objects.writeCommit({ files: new Map(), parents: [], message, date: '2026-03-01T12:00:00Z' }, signal);
  const others = await Promise.all(Array.from({ length: 20 }, (_, index) => commit(String(index))));
  remote.onPush = () => {
    remote.refs.set(recordRef, others[pushes] ?? '');
    pushes += 1;
  };
  await t.throwsAsync(record.append(new Map([['a.json', 1]]), signal), { instanceOf: ConflictError });
  t.is(pushes, 6);
});

test('files that others put there survive an append, and are no records', async (t) => {
  const { objects, remote, record } = setup();
  const files = new Map([['README.md', new TextEncoder().encode('hello')]]);
  const request = { files, parents: [], message: 'by hand', date: '2026-03-01T12:00:00Z' };
  remote.refs.set(recordRef, await objects.writeCommit(request, signal));
  await record.append(new Map([['a.json', 1]]), signal);
  t.deepEqual(await record.list('', signal), ['a.json']);
  const entries = await objects.listTree(remote.refs.get(recordRef) ?? '', signal);
  t.deepEqual(
    entries.map(({ path }) => path),
    ['README.md', 'a.json'],
  );
});

test('a poisoned record is an error that names it, and the others are still read', async (t) => {
  const { objects, remote, record } = setup();
  const text = (content: string) => new TextEncoder().encode(content);
  const files = new Map([
    ['good.json', text('1\n')],
    ['cut.json', text('{"a":')],
    ['bytes.json', Uint8Array.of(0xff)],
    ['huge.json', new Uint8Array(300 * 1024)],
  ]);
  const request = { files, parents: [], message: 'x', date: '2026-03-01T12:00:00Z' };
  remote.refs.set(recordRef, await objects.writeCommit(request, signal));
  for (const path of ['cut.json', 'bytes.json', 'huge.json']) {
    await t.throwsAsync(record.read(path, signal), { instanceOf: SourceError, message: new RegExp(path) });
  }
  t.is(await record.read('good.json', signal), 1);
});

test('a path that leaves the branch, or is no JSON file, is a defect', async (t) => {
  const { remote, record } = setup();
  for (const path of [
    '',
    'a',
    '../a.json',
    'a/../b.json',
    '/a.json',
    '.git/a.json',
    'a\\b.json',
    'a//b.json',
  ]) {
    await t.throwsAsync(record.append(new Map([[path, 1]]), signal), { instanceOf: DefectError });
  }
  t.is(remote.pushes.length, 0);
});
