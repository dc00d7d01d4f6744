import type { TestFn } from 'ava';
import type { JsonObject } from '../../controller/model/json.ts';
import type { ClusterObjects } from '../../controller/ports/cluster-objects.ts';

export interface ObjectCase {
  readonly objects: ClusterObjects;
  /** Fresh in each test. */
  readonly key: string;
  readonly first: JsonObject;
  readonly second: JsonObject;
  /** Whether the live spec says all that a definition says. */
  readonly covers: (spec: JsonObject, live: JsonObject) => boolean;
}

/** What every store of plain objects promises. */
export function clusterObjectsContract(test: TestFn, name: string, create: () => Promise<ObjectCase>): void {
  const signal = AbortSignal.timeout(60_000);

  test(`${name}: what is not there is undefined`, async (t) => {
    const { objects, key } = await create();
    t.is(await objects.read(key, signal), undefined);
  });

  test(`${name}: what was written is read back, then changed`, async (t) => {
    const { objects, key, first, second, covers } = await create();
    await objects.write({ key, spec: first, expected: undefined }, signal);
    const live = await objects.read(key, signal);
    t.true(covers(first, live?.spec ?? {}), JSON.stringify(live?.spec));
    t.false(covers(second, live?.spec ?? {}));
    await objects.write({ key, spec: second, expected: live }, signal);
    const changed = await objects.read(key, signal);
    t.true(covers(second, changed?.spec ?? {}), JSON.stringify(changed?.spec));
  });

  test(`${name}: the same write again changes nothing that is read`, async (t) => {
    const { objects, key, first } = await create();
    await objects.write({ key, spec: first, expected: undefined }, signal);
    const live = await objects.read(key, signal);
    await objects.write({ key, spec: first, expected: live }, signal);
    // A check-and-set index may move all the same.
    t.deepEqual((await objects.read(key, signal))?.spec, live?.spec);
  });

  test(`${name}: removed is gone, and gone already is fine`, async (t) => {
    const { objects, key, first } = await create();
    await objects.write({ key, spec: first, expected: undefined }, signal);
    await objects.remove(key, signal);
    t.is(await objects.read(key, signal), undefined);
    await t.notThrowsAsync(objects.remove(key, signal));
  });
}
