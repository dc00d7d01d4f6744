import test from 'ava';
import { compareRandomCases } from './compare-placement.ts';
import { startPlacementCluster } from './placement-clients.ts';
import { clientShapes } from './placement-shapes.ts';

test('of 30 random jobs on three clients, no claim differs from what Nomad does', async (t) => {
  t.timeout(120_000);
  const shapes = clientShapes(3);
  const cluster = await startPlacementCluster(shapes);
  t.teardown(() => cluster.stop());
  const seen = await compareRandomCases(cluster, shapes, { cases: 30, seed: 5 });
  t.deepEqual(seen.disagreements, []);
  t.is(seen.asked, 30);
  t.true(seen.notFitting > 0 && seen.notFitting < 30);
});
