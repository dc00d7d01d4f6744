import test from 'ava';
import { UnavailableError } from '../../controller/model/errors.ts';
import { createController } from '../../controller/reconcile/controller.ts';
import { createControllerMetrics } from '../../controller/report/prometheus.ts';
import { impatient } from '../impatient.ts';
import { createFakeHouse, type FakeHouse, keysFleet } from './fake-house.ts';

/** A controller that was started a moment ago. */
function start(t: { teardown(end: () => Promise<void>): void }, { context }: FakeHouse) {
  const controller = createController({
    repository: context.repository,
    clusters: new Map([['demo', context.cluster]]),
    metrics: createControllerMetrics(),
    instance: 'vm/7',
    pollMs: 60_000,
    driftIntervalMs: 60_000,
    onProblem: () => undefined,
  });
  const stop = new AbortController();
  const ended = controller.run(stop.signal);
  t.teardown(async () => {
    stop.abort();
    await ended;
  });
  return controller;
}

test('who asks for an environment at once waits until the repository was read', async (t) => {
  const house = await createFakeHouse();
  await house.commit('main', keysFleet({ banner: 'hello' }));
  const controller = start(t, house);
  t.deepEqual(controller.views(), []);
  t.is((await controller.context('demo', AbortSignal.timeout(10_000)))?.name, 'demo');
  t.is(await controller.context('prod', AbortSignal.timeout(10_000)), undefined);
});

test('a repository that can not be read is named as what keeps it', async (t) => {
  const house = await createFakeHouse();
  house.remote.listRefs = () => Promise.reject(new UnavailableError('the forge is down'));
  const controller = start(t, house);
  await t.throwsAsync(controller.context('demo', impatient(200)), {
    instanceOf: UnavailableError,
    message: 'this controller has not read its repository yet: the forge is down',
  });
});
