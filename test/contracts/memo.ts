import type { TestFn } from 'ava';
import type { Memo } from '../../controller/ports/memo.ts';

/** What every memo promises; `create` gives a fresh one. */
export function memoContract(test: TestFn, name: string, create: () => Promise<Memo>): void {
  const signal = AbortSignal.timeout(10_000);
  const key = 'ab'.repeat(32);

  test(`${name}: an unknown key gives nothing`, async (t) => {
    const memo = await create();
    t.is(await memo.get(key, signal), undefined);
  });

  test(`${name}: what was put comes back byte for byte`, async (t) => {
    const memo = await create();
    const value = Uint8Array.of(0, 255, 10, 13, 128);
    await memo.put(key, value, signal);
    t.deepEqual([...((await memo.get(key, signal)) ?? [])], [...value]);
  });

  test(`${name}: a second put replaces the first`, async (t) => {
    const memo = await create();
    await memo.put(key, Uint8Array.of(1), signal);
    await memo.put(key, Uint8Array.of(2), signal);
    t.deepEqual([...((await memo.get(key, signal)) ?? [])], [2]);
  });
}
