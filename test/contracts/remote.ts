import type { TestFn } from 'ava';
import { ConflictError, SourceError } from '../../controller/model/errors.ts';
import type { ObjectStore } from '../../controller/ports/objects.ts';
import type { Remote } from '../../controller/ports/remote.ts';

export interface RemoteUnderTest {
  readonly objects: ObjectStore;
  readonly remote: Remote;
}

/** What every remote promises. `create` gives an empty one, and `again` another clone of the same. */
export function remoteContract(
  test: TestFn,
  name: string,
  create: () => Promise<RemoteUnderTest & { again: () => Promise<RemoteUnderTest> }>,
): void {
  const signal = AbortSignal.timeout(60_000);
  const live = 'refs/heads/env/prod';
  const staging = 'refs/heads/env/prod-next';
  const commit = (objects: ObjectStore, message: string, parents: string[] = []) =>
    objects.writeCommit(
      { files: new Map([['a', Uint8Array.of(1)]]), parents, message, date: '2026-03-01T12:00:00Z' },
      signal,
    );

  test(`${name}: an empty remote has no references`, async (t) => {
    const { remote } = await create();
    t.is((await remote.listRefs(['refs/'], signal)).size, 0);
  });

  test(`${name}: what was pushed is listed by full name and by prefix, nothing else`, async (t) => {
    const { objects, remote } = await create();
    const id = await commit(objects, 'one');
    await remote.push(
      [
        { ref: live, to: id, expected: null },
        { ref: staging, to: id, expected: null },
        { ref: `refs/heads/other/${live}`, to: id, expected: null },
      ],
      signal,
    );
    t.deepEqual([...(await remote.listRefs([live], signal))], [[live, id]]);
    t.deepEqual([...(await remote.listRefs(['refs/heads/env/'], signal)).keys()].sort(), [live, staging]);
  });

  test(`${name}: a fetched commit can be read from another clone, twice`, async (t) => {
    const { objects, remote, again } = await create();
    const id = await commit(objects, 'two', [await commit(objects, 'one')]);
    await remote.push([{ ref: live, to: id, expected: null }], signal);
    const other = await again();
    await other.remote.fetch([live], signal);
    await other.remote.fetch([live], signal);
    t.is((await other.objects.readCommit(id, signal)).subject, 'two');
    t.is(await other.objects.countReachable(id, signal), 2);
  });

  test(`${name}: to fetch a reference that is not there is a source error`, async (t) => {
    const { remote } = await create();
    await t.throwsAsync(remote.fetch([live], signal), { instanceOf: SourceError });
  });

  test(`${name}: a push holds only while the reference is what was expected`, async (t) => {
    const { objects, remote } = await create();
    const first = await commit(objects, 'first');
    const second = await commit(objects, 'second', [first]);
    await remote.push([{ ref: live, to: first, expected: null }], signal);
    const stale = remote.push([{ ref: live, to: second, expected: null }], signal);
    await t.throwsAsync(stale, { instanceOf: ConflictError });
    const wrong = remote.push([{ ref: live, to: second, expected: second }], signal);
    await t.notThrowsAsync(remote.push([{ ref: staging, to: second, expected: null }], signal));
    await t.throwsAsync(wrong, { instanceOf: ConflictError });
    t.is((await remote.listRefs([live], signal)).get(live), first);
  });

  test(`${name}: history may be rewritten when the lease holds`, async (t) => {
    const { objects, remote } = await create();
    const first = await commit(objects, 'first');
    const unrelated = await commit(objects, 'unrelated');
    await remote.push([{ ref: staging, to: first, expected: null }], signal);
    await remote.push([{ ref: staging, to: unrelated, expected: first }], signal);
    t.is((await remote.listRefs([staging], signal)).get(staging), unrelated);
  });

  test(`${name}: several references move together or not at all`, async (t) => {
    const { objects, remote } = await create();
    const first = await commit(objects, 'first');
    const second = await commit(objects, 'second', [first]);
    await remote.push([{ ref: live, to: first, expected: null }], signal);
    const half = remote.push(
      [
        { ref: staging, to: second, expected: null },
        { ref: live, to: second, expected: null },
      ],
      signal,
    );
    await t.throwsAsync(half, { instanceOf: ConflictError });
    t.deepEqual([...(await remote.listRefs(['refs/heads/'], signal))], [[live, first]]);
  });

  test(`${name}: a reference is deleted only by its expected id`, async (t) => {
    const { objects, remote } = await create();
    const first = await commit(objects, 'first');
    const second = await commit(objects, 'second', [first]);
    await remote.push([{ ref: staging, to: first, expected: null }], signal);
    await t.throwsAsync(remote.push([{ ref: staging, to: null, expected: second }], signal), {
      instanceOf: ConflictError,
    });
    await remote.push([{ ref: staging, to: null, expected: first }], signal);
    t.is((await remote.listRefs([staging], signal)).size, 0);
  });

  test(`${name}: a push that has happened already is no conflict`, async (t) => {
    const { objects, remote } = await create();
    const first = await commit(objects, 'first');
    await remote.push([{ ref: live, to: first, expected: null }], signal);
    await t.notThrowsAsync(remote.push([{ ref: live, to: first, expected: null }], signal));
  });
}
