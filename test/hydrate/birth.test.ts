import test from 'ava';
import { ensureLiveBranch } from '../../controller/hydrate/birth.ts';
import type { Rules } from '../../controller/model/environment.ts';
import { UnavailableError } from '../../controller/model/errors.ts';
import { createFakeObjects } from '../fakes/objects.ts';
import { createFakeRemote } from '../fakes/remote.ts';

const signal = AbortSignal.timeout(60_000);
const live = 'refs/heads/env/prod';
const rules = { environment: 'prod', mode: 'Observe' } as unknown as Rules;
const request = { environment: 'prod', rules, date: '2026-03-01T12:00:00Z' };

test('a live branch is born by a root commit with rules and an empty inventory', async (t) => {
  const objects = createFakeObjects();
  const remote = createFakeRemote();
  const { commit, born } = await ensureLiveBranch({ objects, remote }, request, signal);
  t.true(born);
  t.is(remote.refs.get(live), commit);
  t.deepEqual((await objects.readCommit(commit, signal)).parents, []);
  const entries = await objects.listTree(commit, signal);
  t.deepEqual(
    entries.map(({ path }) => path),
    ['.gitattributes', 'README.md', 'inventory.json', 'rules.json'],
  );
  const blobs = await objects.readBlobs([entries[2]?.id ?? ''], signal);
  t.deepEqual(JSON.parse(new TextDecoder().decode([...blobs.values()][0])), { version: 1, entries: [] });
});

test('two controllers make the same commit', async (t) => {
  const [one, two] = await Promise.all(
    [0, 1].map(() =>
      ensureLiveBranch({ objects: createFakeObjects(), remote: createFakeRemote() }, request, signal),
    ),
  );
  t.is(one?.commit, two?.commit);
});

test('a branch that is there is left alone', async (t) => {
  const remote = createFakeRemote(new Map([[live, 'b'.repeat(40)]]));
  const outcome = await ensureLiveBranch({ objects: createFakeObjects(), remote }, request, signal);
  t.deepEqual(outcome, { commit: 'b'.repeat(40), born: false });
  t.is(remote.pushes.length, 0);
});

test('who comes second takes what the first one made', async (t) => {
  const remote = createFakeRemote();
  remote.onPush = () => remote.refs.set(live, 'c'.repeat(40));
  const outcome = await ensureLiveBranch({ objects: createFakeObjects(), remote }, request, signal);
  t.deepEqual(outcome, { commit: 'c'.repeat(40), born: false });
});

test('an outage is not taken for a birth', async (t) => {
  const remote = createFakeRemote();
  remote.onPush = () => {
    throw new UnavailableError('down');
  };
  const birth = ensureLiveBranch({ objects: createFakeObjects(), remote }, request, signal);
  await t.throwsAsync(birth, { instanceOf: UnavailableError });
});
