import test from 'ava';
import { createSystemClock } from '../../../controller/adapters/system/clock.ts';
import { clockContract } from '../../contracts/clock.ts';
import { createFakeClock } from '../../fakes/clock.ts';

clockContract(test, 'system clock', () => ({ clock: createSystemClock(), pass: () => undefined }));

clockContract(test, 'fake clock', () => {
  const clock = createFakeClock();
  return { clock, pass: (ms) => clock.advance(ms) };
});

test('fake clock: nobody wakes early', async (t) => {
  const clock = createFakeClock();
  let woken = false;
  const wake = async () => {
    await clock.sleep(100, AbortSignal.timeout(10_000));
    woken = true;
  };
  const sleep = wake();
  clock.advance(99);
  await Promise.resolve();
  t.false(woken);
  clock.advance(1);
  await sleep;
  t.true(woken);
});
