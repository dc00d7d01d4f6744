import test from 'ava';
import { watchKey } from '../../controller/node/watch-key.ts';
import type { KeyValue, KvEntry } from '../../controller/ports/kv.ts';

type Answer = { value?: string; index: number } | Error;

/** Plays answers of `watch` one after the other, then stops the watch. Gives the values told and the indexes asked. */
async function play(
  answers: readonly Answer[],
): Promise<{ told: string[]; asked: number[]; pauses: number[] }> {
  const stop = new AbortController();
  const [told, asked, pauses]: [string[], number[], number[]] = [[], [], []];
  const queue = [...answers];
  const kv: KeyValue = {
    get: async () => undefined,
    list: async () => [],
    transact: async () => {},
    async watch(key, { index }) {
      asked.push(index);
      const answer = queue.shift();
      if (answer === undefined) {
        stop.abort();
        throw new Error('over');
      }
      if (answer instanceof Error) throw answer;
      const entry: KvEntry | undefined =
        answer.value === undefined
          ? undefined
          : { key, value: Buffer.from(answer.value), modifyIndex: answer.index };
      return { entry, index: answer.index };
    },
  };
  const clock = {
    now: () => 0,
    monotonic: () => 0,
    sleep: async (ms: number) => void pauses.push(ms),
    randomBytes: () => Uint8Array.of(255),
  };
  const logger = { info: () => {}, warn: () => {}, error: () => {} };
  await watchKey(
    'k',
    (value) => told.push(Buffer.from(value).toString()),
    { kv, clock, logger },
    stop.signal,
  );
  return { told, asked, pauses };
}

test('a missing key and an empty value are nothing yet', async (t) => {
  const { told } = await play([{ index: 5 }, { value: '', index: 6 }, { value: 'a', index: 7 }]);
  t.deepEqual(told, ['a']);
});

test('a return without a change is not told again', async (t) => {
  const { told } = await play([
    { value: 'a', index: 5 },
    { value: 'a', index: 6 },
    { value: 'b', index: 7 },
  ]);
  t.deepEqual(told, ['a', 'b']);
});

test('an index that falls begins again at 0, and the value after it is told', async (t) => {
  const { told, asked } = await play([
    { value: 'a', index: 500 },
    { value: 'a', index: 9 },
    { value: 'b', index: 9 },
  ]);
  t.deepEqual(asked.slice(0, 4), [0, 500, 0, 9]);
  t.deepEqual(told, ['a', 'b']);
});

test('an index of 0 is taken for 1, so that the next call waits', async (t) => {
  const { asked } = await play([{ index: 0 }, { index: 0 }]);
  t.deepEqual(asked.slice(0, 2), [0, 1]);
});

test('failures are waited out with growing pauses, and the index is kept', async (t) => {
  const { told, asked, pauses } = await play([
    { value: 'a', index: 5 },
    new Error('x'),
    new Error('x'),
    { value: 'b', index: 6 },
  ]);
  t.deepEqual(asked.slice(0, 4), [0, 5, 5, 5]);
  t.deepEqual(told, ['a', 'b']);
  t.deepEqual(pauses.slice(1, 3), [500, 1000]);
});
