import test from 'ava';
import { reconcileServers } from '../../controller/apply/l1/reconcile-servers.ts';
import { consulKeys } from '../../controller/model/payload.ts';
import { renderServers, rules } from '../apply/l1/rendered-servers.ts';
import { headerOf, simulateFleet } from '../apply/l1/simulated-fleet.ts';
import { createFakeClock } from '../fakes/clock.ts';
import { createFakeKv } from '../fakes/kv.ts';
import { createFakeLease } from '../fakes/lease.ts';
import { createFakeSigner } from '../fakes/signer.ts';

const signal = AbortSignal.timeout(60_000);

test('after a change of the signing key a raised epoch has every payload signed anew, with the same content', async (t) => {
  const kv = createFakeKv();
  const clock = { ...createFakeClock(), sleep: async () => undefined };
  const former = createFakeSigner();
  const fleet = await simulateFleet(['web-1'], { kv, clock, trustedKey: former.publicKey });
  const lease = await createFakeLease(kv).acquire(
    { key: consulKeys.lease('prod'), holder: 'a', ttlMs: 10_000 },
    signal,
  );
  const step = (signer: typeof former, epoch: number) =>
    reconcileServers(
      { kv, clock, signer, observer: fleet, events: { emit: () => undefined } },
      {
        ...renderServers([{ name: 'web-1', seal: fleet.seal('web-1') }]),
        rules: { ...rules, epoch },
        revision: 'c'.repeat(40),
        sequence: 5,
        lease,
        dryRun: false,
      },
      signal,
    );
  await step(former, 1);
  await fleet.take('web-1');
  const before = await headerOf(kv, 'web-1');
  const next = createFakeSigner();
  await step(next, 1);
  t.is(next.calls, 0);
  fleet.setState('web-1', 'rejected');
  await step(next, 2);
  t.is(next.calls, 1);
  const after = await headerOf(kv, 'web-1');
  t.is(after?.order.epoch, 2);
  t.is(after?.hash, before?.hash);
});
