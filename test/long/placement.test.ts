import test from 'ava';
import { compareRandomCases, compareTightened } from '../integration/compare-placement.ts';
import { type PlacementCluster, startPlacementCluster } from '../integration/placement-clients.ts';
import { clientShapes } from '../integration/placement-shapes.ts';
import { tightenedKinds } from '../integration/placement-tightened.ts';

const shapes = clientShapes(24);
let cluster: PlacementCluster;

test.before(async (t) => {
  t.timeout(180_000);
  cluster = await startPlacementCluster(shapes);
});

test.after.always('stop', async () => {
  await cluster?.stop();
});

test.serial(
  'each class of shortage is at least five times the only reason, to the simulation and to Nomad',
  async (t) => {
    t.timeout(120_000);
    const counts = await compareTightened(cluster, shapes, { times: 5, seed: 7 });
    for (const kind of [...tightenedKinds, 'state'] as const) t.true((counts.get(kind) ?? 0) >= 5, kind);
  },
);

test.serial(
  'of 200 random jobs on random subsets of 24 clients, no claim differs from what Nomad does',
  async (t) => {
    t.timeout(180_000);
    const seen = await compareRandomCases(cluster, shapes, { cases: 200, seed: 2026 });
    t.log(seen);
    t.deepEqual(seen.disagreements, []);
    t.is(seen.asked, 200);
    t.true(seen.notFitting >= 60);
    t.true(seen.asked - seen.notFitting >= 20);
    // A simulation that claims nothing would agree, too.
    t.true(seen.notClaimed <= 20);
  },
);
