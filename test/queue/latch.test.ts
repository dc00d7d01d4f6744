import test from 'ava';
import { createLatch } from '../../controller/queue/latch.ts';
import { impatient } from '../impatient.ts';

test('who comes early waits until it opens, who comes late does not', async (t) => {
  const latch = createLatch();
  const early = latch.opened(AbortSignal.timeout(1000));
  latch.open();
  latch.open();
  await t.notThrowsAsync(early);
  await t.notThrowsAsync(latch.opened(AbortSignal.timeout(1000)));
});

test('who may not wait longer gets the reason of the signal', async (t) => {
  const latch = createLatch();
  await t.throwsAsync(latch.opened(impatient(5)), { message: 'enough' });
  latch.open();
  await t.throwsAsync(latch.opened(AbortSignal.abort(new Error('enough'))), { message: 'enough' });
});
