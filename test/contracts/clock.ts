import type { TestFn } from 'ava';
import type { Clock } from '../../controller/ports/clock.ts';

/** What every clock promises. `pass` lets the time go by. */
export function clockContract(
  test: TestFn,
  name: string,
  create: () => { clock: Clock; pass: (ms: number) => void },
): void {
  test(`${name}: a sleeper wakes when its time has come`, async (t) => {
    const { clock, pass } = create();
    const beforeMs = clock.monotonic();
    const sleep = clock.sleep(20, AbortSignal.timeout(10_000));
    pass(20);
    await sleep;
    t.true(clock.monotonic() - beforeMs >= 19);
  });

  test(`${name}: an aborted sleep throws the signal's own reason`, async (t) => {
    const { clock } = create();
    const controller = new AbortController();
    const reason = new Error('enough');
    const sleep = clock.sleep(60_000, controller.signal);
    controller.abort(reason);
    t.is(await t.throwsAsync(sleep), reason);
  });

  test(`${name}: an aborted signal lets nobody sleep`, async (t) => {
    const { clock } = create();
    const reason = new Error('before');
    t.is(await t.throwsAsync(clock.sleep(60_000, AbortSignal.abort(reason))), reason);
  });

  test(`${name}: random bytes come in the length asked for`, (t) => {
    t.is(create().clock.randomBytes(33).length, 33);
  });
}
