import type { TestFn } from 'ava';
import { ConflictError } from '../../controller/model/errors.ts';
import type { Secrets } from '../../controller/ports/secrets.ts';

/** What every KV v2 promises. `path` is fresh; `softDelete` does what a person does with `vault kv delete`. */
export function secretsContract(
  test: TestFn,
  name: string,
  create: () => Promise<{ secrets: Secrets; path: string; softDelete: (path: string) => Promise<void> }>,
): void {
  const signal = AbortSignal.timeout(60_000);

  test(`${name}: a secret that never was is undefined`, async (t) => {
    const { secrets, path } = await create();
    t.is(await secrets.version(path, signal), undefined);
  });

  test(`${name}: values come back, by version`, async (t) => {
    const { secrets, path } = await create();
    const written = await secrets.write(path, { values: { a: '1', b: '"\n' }, expectedVersion: 0 }, signal);
    t.is(written.version, 1);
    t.deepEqual(await secrets.read(path, 1, signal), { a: '1', b: '"\n' });
    t.is((await secrets.version(path, signal))?.createdTime, written.createdTime);
  });

  test(`${name}: expected version 0 writes only what never was`, async (t) => {
    const { secrets, path } = await create();
    await secrets.write(path, { values: { a: '1' }, expectedVersion: 0 }, signal);
    const again = secrets.write(path, { values: { a: '2' }, expectedVersion: 0 }, signal);
    await t.throwsAsync(again, { instanceOf: ConflictError });
    t.deepEqual(await secrets.read(path, 1, signal), { a: '1' });
  });

  test(`${name}: a deleted secret is told from one that never was`, async (t) => {
    const { secrets, path, softDelete } = await create();
    await secrets.write(path, { values: { a: '1' }, expectedVersion: 0 }, signal);
    await softDelete(path);
    const version = await secrets.version(path, signal);
    t.true(version?.deleted);
    t.is(version?.version, 1);
    const anew = secrets.write(path, { values: { a: '2' }, expectedVersion: 0 }, signal);
    await t.throwsAsync(anew, { instanceOf: ConflictError });
  });

  test(`${name}: notes are kept beside the versions, and make no secret`, async (t) => {
    const { secrets, path } = await create();
    await secrets.annotate(path, { a: '1' }, signal);
    t.is(await secrets.version(path, signal), undefined);
    await secrets.write(path, { values: { k: 'v' }, expectedVersion: 0 }, signal);
    await secrets.annotate(path, { b: '2' }, signal);
    t.deepEqual((await secrets.version(path, signal))?.notes, { a: '1', b: '2' });
    t.is((await secrets.version(path, signal))?.version, 1);
  });
}
