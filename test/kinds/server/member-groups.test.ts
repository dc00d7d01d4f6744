import test from 'ava';
import { memberGroups } from '../../../controller/kinds/server/quorum-groups.ts';
import { fakeFleet } from '../../fakes/fleet.ts';
import { fakeCluster, fakeServer } from '../cluster/cluster-fleet.ts';

const labelled = {
  ...fakeServer('q-1', 1, 'quorum'),
  labels: { role: 'quorum', 'drover.dev/quorum': 'nomad, vault' },
};
const clusters = [fakeCluster('ConsulCluster'), fakeCluster('VaultCluster')];

test('a server belongs to the groups of its label and of the clusters that it serves, each once', (t) => {
  const fleet = fakeFleet({ resources: [labelled, ...clusters] });
  const server = fleet.find('Server', 'q-1');
  t.deepEqual(server && memberGroups(server, fleet), ['consul', 'nomad', 'vault']);
});

test('a client of a cluster belongs to no group', (t) => {
  const fleet = fakeFleet({ resources: [fakeServer('c-1', 21, 'client'), ...clusters] });
  const server = fleet.find('Server', 'c-1');
  t.deepEqual(server && memberGroups(server, fleet), []);
});
