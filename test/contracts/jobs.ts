import type { TestFn } from 'ava';
import { ConflictError, RejectedError } from '../../controller/model/errors.ts';
import type { JsonObject } from '../../controller/model/json.ts';
import type { JobRef, Jobs } from '../../controller/ports/jobs.ts';

const submission = { source: '', format: 'hcl2', variables: '' } as const;

/** What every job store promises. `spec` gives a job with no allocation, and one field that may be changed. */
export function jobsContract(
  test: TestFn,
  name: string,
  create: () => Promise<{ jobs: Jobs; ref: JobRef; spec: (priority: number) => JsonObject }>,
): void {
  const signal = AbortSignal.timeout(60_000);

  test(`${name}: a job that is not there is undefined and has no versions`, async (t) => {
    const { jobs, ref } = await create();
    t.is(await jobs.read(ref, signal), undefined);
    t.deepEqual(await jobs.versions(ref, signal), []);
  });

  test(`${name}: index 0 registers only what is not there`, async (t) => {
    const { jobs, ref, spec } = await create();
    await jobs.register({ ref, spec: spec(50), enforceIndex: 0, submission }, signal);
    const again = jobs.register({ ref, spec: spec(60), enforceIndex: 0, submission }, signal);
    await t.throwsAsync(again, { instanceOf: ConflictError });
    t.is((await jobs.read(ref, signal))?.version, 0);
  });

  test(`${name}: a stale index registers nothing`, async (t) => {
    const { jobs, ref, spec } = await create();
    await jobs.register({ ref, spec: spec(50), enforceIndex: 0, submission }, signal);
    const enforceIndex = (await jobs.read(ref, signal))?.jobModifyIndex ?? 0;
    await jobs.register({ ref, spec: spec(60), enforceIndex, submission }, signal);
    const stale = jobs.register({ ref, spec: spec(70), enforceIndex, submission }, signal);
    await t.throwsAsync(stale, { instanceOf: ConflictError });
    t.is((await jobs.read(ref, signal))?.spec['Priority'], 60);
  });

  test(`${name}: the same spec again is no new version and moves no check-and-set token`, async (t) => {
    const { jobs, ref, spec } = await create();
    await jobs.register({ ref, spec: spec(50), enforceIndex: 0, submission }, signal);
    const first = await jobs.read(ref, signal);
    const enforceIndex = first?.jobModifyIndex ?? 0;
    await jobs.register({ ref, spec: spec(50), enforceIndex, submission }, signal);
    const second = await jobs.read(ref, signal);
    t.is(second?.version, 0);
    t.is(second?.jobModifyIndex, first?.jobModifyIndex);
  });

  test(`${name}: versions come newest first, each with its spec`, async (t) => {
    const { jobs, ref, spec } = await create();
    await jobs.register({ ref, spec: spec(50), enforceIndex: 0, submission }, signal);
    const enforceIndex = (await jobs.read(ref, signal))?.jobModifyIndex ?? 0;
    await jobs.register({ ref, spec: spec(60), enforceIndex, submission }, signal);
    const versions = await jobs.versions(ref, signal);
    t.deepEqual(
      versions.map(({ version, spec: of }) => [version, of['Priority']]),
      [
        [1, 60],
        [0, 50],
      ],
    );
  });

  test(`${name}: a stopped job is still there, and a register starts it again`, async (t) => {
    const { jobs, ref, spec } = await create();
    await jobs.register({ ref, spec: spec(50), enforceIndex: 0, submission }, signal);
    await jobs.deregister(ref, { purge: false }, signal);
    const stopped = await jobs.read(ref, signal);
    t.true(stopped?.stopped);
    const enforceIndex = stopped?.jobModifyIndex ?? 0;
    await jobs.register({ ref, spec: stopped?.spec ?? {}, enforceIndex, submission }, signal);
    t.false((await jobs.read(ref, signal))?.stopped);
  });

  test(`${name}: a purged job is gone; one that is not there is stopped without a word`, async (t) => {
    const { jobs, ref, spec } = await create();
    await jobs.register({ ref, spec: spec(50), enforceIndex: 0, submission }, signal);
    await jobs.deregister(ref, { purge: true }, signal);
    t.is(await jobs.read(ref, signal), undefined);
    await t.notThrowsAsync(jobs.deregister(ref, { purge: false }, signal));
  });

  test(`${name}: the list tells each job and its token`, async (t) => {
    const { jobs, ref, spec } = await create();
    await jobs.register({ ref, spec: spec(50), enforceIndex: 0, submission }, signal);
    const { jobs: all, index } = await jobs.list({ index: 0, waitMs: 0 }, signal);
    const stub = all.find(({ id }) => id === ref.id);
    t.is(stub?.jobModifyIndex, (await jobs.read(ref, signal))?.jobModifyIndex);
    t.is(stub?.parentId, '');
    t.true(index > 0);
  });

  test(`${name}: a namespace that does not exist is refused for good`, async (t) => {
    const { jobs, ref, spec } = await create();
    const nowhere = { namespace: 'no-such-namespace', id: ref.id };
    const request = { ref: nowhere, spec: spec(50), enforceIndex: 0, submission };
    await t.throwsAsync(jobs.register(request, signal), { instanceOf: RejectedError });
  });
}
