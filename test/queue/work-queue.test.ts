import test from 'ava';
import { createWorkQueue, type WorkQueueOptions } from '../../controller/queue/work-queue.ts';

const clock: WorkQueueOptions['clock'] = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, Math.min(ms, 5));
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(new Error('stopped'));
      });
    }),
  randomBytes: (length) => new Uint8Array(length),
};

function start(options: Partial<WorkQueueOptions> & Pick<WorkQueueOptions, 'work'>) {
  const stop = new AbortController();
  const queue = createWorkQueue({
    onFailure: () => 'backoff',
    clock,
    concurrency: 4,
    deadlineMs: 1000,
    maxKeys: 100,
    ...options,
  });
  const done = queue.run(stop.signal);
  return { queue, stop: async () => (stop.abort(), done) };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 20));

/** Waits for what must come, however busy the machine is. */
async function until(isSo: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !isSo(); i += 1) await turn();
}

test('requests for a waiting key fall together', async (t) => {
  let runs = 0;
  const { queue, stop } = start({ work: async () => ((runs += 1), {}) });
  for (let i = 0; i < 10; i += 1) queue.request('a');
  await until(() => runs > 0);
  await turn();
  await stop();
  t.is(runs, 1);
});

test('a request during a run makes the key run once more, never twice at once', async (t) => {
  let active = 0;
  let most = 0;
  let runs = 0;
  const { queue, stop } = start({
    work: async () => {
      active += 1;
      runs += 1;
      most = Math.max(most, active);
      await turn();
      active -= 1;
      return {};
    },
  });
  queue.request('a');
  await until(() => active === 1);
  for (let i = 0; i < 5; i += 1) queue.request('a');
  await until(() => runs === 2 && active === 0);
  await turn();
  await stop();
  t.deepEqual([runs, most], [2, 1]);
});

test('a failure with backoff is tried again, one without is not', async (t) => {
  const runs = { again: 0, never: 0 };
  const { queue, stop } = start({
    work: async (key) => {
      if (key === 'again') runs.again += 1;
      else runs.never += 1;
      if (runs.again < 3 || key === 'never') throw new Error('no');
      return {};
    },
    onFailure: (key) => (key === 'never' ? 'never' : 'backoff'),
  });
  queue.request('again');
  queue.request('never');
  await until(() => runs.again === 3 && runs.never === 1);
  await turn();
  await stop();
  t.deepEqual(runs, { again: 3, never: 1 });
});

test('an outcome with a pause comes back by itself', async (t) => {
  let runs = 0;
  const { queue, stop } = start({ work: async () => ((runs += 1), runs < 3 ? { requeueAfterMs: 1 } : {}) });
  queue.request('a');
  await until(() => runs === 3);
  await turn();
  await stop();
  t.is(runs, 3);
});

test('no more keys run at once than allowed', async (t) => {
  let active = 0;
  let done = 0;
  let most = 0;
  const { queue, stop } = start({
    concurrency: 2,
    work: async () => {
      active += 1;
      most = Math.max(most, active);
      await turn();
      active -= 1;
      done += 1;
      return {};
    },
  });
  for (const key of ['a', 'b', 'c', 'd']) queue.request(key);
  await until(() => done === 4);
  await stop();
  t.is(most, 2);
});

test('the deadline aborts a run that hangs', async (t) => {
  let reason: unknown;
  const { queue, stop } = start({
    deadlineMs: 10,
    work: (_key, signal) =>
      new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason as Error)),
      ),
    onFailure: (_key, error) => {
      reason = error;
      return 'never';
    },
  });
  queue.request('a');
  await until(() => reason !== undefined);
  await stop();
  t.is((reason as Error).name, 'TimeoutError');
});
