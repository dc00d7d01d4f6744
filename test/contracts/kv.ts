import type { TestFn } from 'ava';
import { ConflictError } from '../../controller/model/errors.ts';
import type { KeyValue } from '../../controller/ports/kv.ts';

/** What every key-value store promises. `prefix` ends in a slash and is this run's own; keys below it are fresh. */
export function kvContract(
  test: TestFn,
  name: string,
  create: () => Promise<{ kv: KeyValue; prefix: string }>,
): void {
  const signal = AbortSignal.timeout(60_000);
  const bytes = Uint8Array.of(0, 255, 10, 13, 128, 0xc3, 0x28);

  test(`${name}: a missing key is undefined`, async (t) => {
    const { kv, prefix } = await create();
    t.is(await kv.get(`${prefix}missing`, signal), undefined);
  });

  test(`${name}: a value comes back byte for byte`, async (t) => {
    const { kv, prefix } = await create();
    await kv.transact([{ verb: 'set', key: `${prefix}bytes`, value: bytes }], signal);
    const entry = await kv.get(`${prefix}bytes`, signal);
    t.deepEqual([...(entry?.value ?? [])], [...bytes]);
  });

  test(`${name}: an empty value is there and empty`, async (t) => {
    const { kv, prefix } = await create();
    await kv.transact([{ verb: 'cas', key: `${prefix}empty`, value: new Uint8Array(), index: 0 }], signal);
    const entry = await kv.get(`${prefix}empty`, signal);
    t.is(entry?.value.length, 0);
  });

  test(`${name}: a list has the keys below its prefix and no sibling`, async (t) => {
    const { kv, prefix } = await create();
    const keys = [`${prefix}list/a`, `${prefix}list/b/1`, `${prefix}list-sibling`];
    await kv.transact(
      keys.map((key) => ({ verb: 'set', key, value: bytes })),
      signal,
    );
    const found = await kv.list(`${prefix}list/`, signal);
    t.deepEqual(
      found.map((entry) => entry.key),
      keys.slice(0, 2),
    );
    t.deepEqual(await kv.list(`${prefix}nothing/`, signal), []);
  });

  test(`${name}: check-and-set holds only at the index that was read`, async (t) => {
    const { kv, prefix } = await create();
    const key = `${prefix}cas`;
    await kv.transact([{ verb: 'cas', key, value: bytes, index: 0 }], signal);
    const first = await kv.get(key, signal);
    const index = first?.modifyIndex ?? -1;
    await kv.transact([{ verb: 'cas', key, value: Uint8Array.of(1), index }], signal);
    await t.throwsAsync(kv.transact([{ verb: 'cas', key, value: bytes, index }], signal), {
      instanceOf: ConflictError,
    });
    t.deepEqual([...((await kv.get(key, signal))?.value ?? [])], [1]);
  });

  test(`${name}: a transaction is all or nothing and names the operation that failed`, async (t) => {
    const { kv, prefix } = await create();
    const error = await t.throwsAsync<ConflictError>(
      kv.transact(
        [
          { verb: 'set', key: `${prefix}half`, value: bytes },
          { verb: 'cas', key: `${prefix}half-absent`, value: bytes, index: 4711 },
        ],
        signal,
      ),
      { instanceOf: ConflictError },
    );
    t.deepEqual(error.failedOperations, [1]);
    t.is(await kv.get(`${prefix}half`, signal), undefined);
  });

  test(`${name}: check-not-exists lets a write pass only while the key is missing`, async (t) => {
    const { kv, prefix } = await create();
    const hold = `${prefix}hold`;
    const write = [
      { verb: 'check-not-exists', key: hold },
      { verb: 'set', key: `${prefix}held`, value: bytes },
    ] as const;
    await kv.transact(write, signal);
    await kv.transact([{ verb: 'set', key: hold, value: new Uint8Array() }], signal);
    const error = await t.throwsAsync<ConflictError>(kv.transact(write, signal), {
      instanceOf: ConflictError,
    });
    t.deepEqual(error.failedOperations, [0]);
  });

  test(`${name}: a deleted key is gone, and deleting by index spares a newer value`, async (t) => {
    const { kv, prefix } = await create();
    const key = `${prefix}delete`;
    await kv.transact([{ verb: 'set', key, value: bytes }], signal);
    const index = (await kv.get(key, signal))?.modifyIndex ?? -1;
    await kv.transact([{ verb: 'set', key, value: Uint8Array.of(2) }], signal);
    await t.throwsAsync(kv.transact([{ verb: 'delete-cas', key, index }], signal), {
      instanceOf: ConflictError,
    });
    await kv.transact([{ verb: 'delete', key }], signal);
    t.is(await kv.get(key, signal), undefined);
  });

  test(`${name}: a watch wakes on a write of its key and gives the new value`, async (t) => {
    const { kv, prefix } = await create();
    const key = `${prefix}watch`;
    await kv.transact([{ verb: 'set', key, value: bytes }], signal);
    const first = await kv.watch(key, { index: 0, waitMs: 10_000 }, signal);
    t.true(first.index > 0);
    const next = kv.watch(key, { index: first.index, waitMs: 10_000 }, signal);
    await kv.transact([{ verb: 'set', key, value: Uint8Array.of(3) }], signal);
    const woken = await next;
    t.deepEqual([...(woken.entry?.value ?? [])], [3]);
    t.true(woken.index > first.index);
  });

  test(`${name}: a watch without a write ends with the same index`, async (t) => {
    const { kv, prefix } = await create();
    const key = `${prefix}quiet`;
    await kv.transact([{ verb: 'set', key, value: bytes }], signal);
    const { index } = await kv.watch(key, { index: 0, waitMs: 100 }, signal);
    const quiet = await kv.watch(key, { index, waitMs: 100 }, signal);
    t.is(quiet.index, index);
  });

  test(`${name}: an index that went backwards starts again at 0`, async (t) => {
    const { kv, prefix } = await create();
    const key = `${prefix}restored`;
    await kv.transact([{ verb: 'set', key, value: bytes }], signal);
    const { index } = await kv.watch(key, { index: 0, waitMs: 100 }, signal);
    const restored = await kv.watch(key, { index: index + 1_000_000, waitMs: 100 }, signal);
    t.is(restored.index, 0);
  });

  test(`${name}: an aborted watch throws the signal's own reason`, async (t) => {
    const { kv, prefix } = await create();
    const key = `${prefix}abort`;
    await kv.transact([{ verb: 'set', key, value: bytes }], signal);
    const { index } = await kv.watch(key, { index: 0, waitMs: 100 }, signal);
    const controller = new AbortController();
    const reason = new Error('enough');
    const watch = kv.watch(key, { index, waitMs: 60_000 }, controller.signal);
    setTimeout(() => controller.abort(reason), 50);
    t.is(await t.throwsAsync(watch), reason);
  });
}
