import test from 'ava';
import { ConflictError, UnavailableError } from '../../controller/model/errors.ts';
import type { Lease } from '../../controller/ports/lease.ts';
import { createLeadership, createObserving } from '../../controller/queue/leadership.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { createFakeKv } from '../fakes/kv.ts';
import { createFakeLease } from '../fakes/lease.ts';
import { impatient } from '../impatient.ts';

const turns = async () => {
  for (let i = 0; i < 20; i += 1) await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
};

function start(change: (lease: Lease) => Lease = (lease) => lease) {
  const kv = createFakeKv();
  const fake = createFakeLease(kv);
  const clock = createFakeClock();
  const changes: boolean[] = [];
  const leadership = createLeadership({
    lease: change(fake),
    clock,
    key: 'drover/demo/lease',
    holder: 'one',
    onChange: (isLeading) => changes.push(isLeading),
  });
  const stop = new AbortController();
  const done = leadership.run(stop.signal);
  return { kv, fake, clock, changes, leadership, stop: async () => (stop.abort(), done) };
}

test('leads after the first acquire and gives up when stopped', async (t) => {
  const { leadership, changes, stop } = start();
  await turns();
  t.notThrows(() => leadership.assertMayWrite());
  await stop();
  t.throws(() => leadership.assertMayWrite(), { instanceOf: ConflictError });
  t.deepEqual(changes, [true, false]);
});

test('stops writing one TTL after the last renewal that was sent, whatever the answers', async (t) => {
  const { leadership, clock, stop } = start((lease) => ({
    ...lease,
    renew: async () => {
      throw new UnavailableError('no answer');
    },
  }));
  await turns();
  clock.advance(9_000);
  t.truthy(leadership.current());
  clock.advance(1_000);
  t.is(leadership.current(), undefined);
  await stop();
});

test('a machine that slept stops too: the wall clock ran on', async (t) => {
  const { leadership, clock, stop } = start();
  await turns();
  clock.step(60_000);
  t.is(leadership.current(), undefined);
  await stop();
});

test('a session that is gone ends leadership at once and is taken again', async (t) => {
  const { leadership, fake, clock, changes, stop } = start();
  await turns();
  const session = leadership.current()?.session ?? '';
  fake.expire(session);
  clock.advance(4_000);
  await turns();
  t.is(leadership.current(), undefined);
  clock.advance(1_000);
  await turns();
  t.truthy(leadership.current());
  t.not(leadership.current()?.session, session);
  t.deepEqual(changes, [true, false, true]);
  await stop();
});

test('an observed environment is worked for without a lease, and every write is refused', async (t) => {
  const observing = createObserving();
  await observing.run(AbortSignal.timeout(1000));
  t.true(observing.isLeading());
  t.is(observing.current(), undefined);
  t.throws(() => observing.assertMayWrite(), { instanceOf: ConflictError });
});

test('who leads is decided with the first answer, whoever it names', async (t) => {
  const silent = start((lease) => ({
    ...lease,
    acquire: () => Promise.reject(new UnavailableError('down')),
  }));
  await t.throwsAsync(silent.leadership.decided(impatient(20)), { message: 'enough' });
  await silent.stop();

  const alone = start();
  await t.notThrowsAsync(alone.leadership.decided(AbortSignal.timeout(1000)));
  t.true(alone.leadership.isLeading());
  await alone.stop();

  const second = start((lease) => ({ ...lease, acquire: async () => undefined }));
  await t.notThrowsAsync(second.leadership.decided(AbortSignal.timeout(1000)));
  t.false(second.leadership.isLeading());
  await second.stop();
});
