import test from 'ava';
import { undeclaredDatacenter } from '../../../controller/analyse/jobs/undeclared-datacenter.ts';
import { undeclaredNamespace } from '../../../controller/analyse/jobs/undeclared-namespace.ts';
import { undeclaredNodePool } from '../../../controller/analyse/jobs/undeclared-node-pool.ts';
import { kinds } from '../../../controller/kinds/index.ts';
import { type FakeResource, fakeFleet } from '../../fakes/fleet.ts';

const found = (rule: typeof undeclaredNodePool, resources: readonly FakeResource[]) =>
  rule(fakeFleet({ resources }), kinds).map(({ code, message }) => `${code} ${message}`);

const shop: FakeResource = { kind: 'NomadNamespace', name: 'shop', spec: {} };
const gpu: FakeResource = { kind: 'NomadNodePool', name: 'gpu', spec: {} };
const job = (namespace: string, NodePool?: string): FakeResource => ({
  kind: 'NomadJob',
  name: 'web',
  namespace,
  spec: { json: { ID: 'web', ...(NodePool === undefined ? {} : { NodePool }) } },
});
const volume: FakeResource = {
  kind: 'NomadVolume',
  name: 'data',
  namespace: 'shop',
  spec: { type: 'Host', nodePool: 'disks' },
};

test('everything that lives in a namespace is asked for it, once namespaces are declared', (t) => {
  const variable: FakeResource = {
    kind: 'NomadVariable',
    name: 'flags',
    namespace: 'shpo',
    spec: { path: 'a', items: {} },
  };
  t.deepEqual(found(undeclaredNamespace, [job('shpo'), variable]), []);
  t.deepEqual(found(undeclaredNamespace, [shop, job('shpo'), variable]), [
    'DRV0870 web is in the namespace shpo, which nobody declares',
    'DRV0870 flags is in the namespace shpo, which nobody declares',
  ]);
  t.deepEqual(found(undeclaredNamespace, [shop, job('shop'), volume]), []);
  t.deepEqual(found(undeclaredNamespace, [shop, job('default')]), []);
});

test('a namespace whose definition is broken is there', (t) => {
  const fleet = fakeFleet({ resources: [shop, job('shpo')] });
  const isBroken = (id: string) => id === 'NomadNamespace/shpo';
  t.deepEqual(undeclaredNamespace({ ...fleet, isBroken }, kinds), []);
});

test('jobs and volumes name pools that are declared, built in, or brought along by a server', (t) => {
  t.deepEqual(found(undeclaredNodePool, [job('shop', 'disks'), volume]), []);
  t.deepEqual(found(undeclaredNodePool, [gpu, job('shop', 'gpus'), volume]), [
    'DRV0871 the job web wants the node pool gpus, which nobody declares',
    'DRV0871 the volume data wants the node pool disks, which nobody declares',
  ]);
  const server: FakeResource = {
    kind: 'Server',
    name: 's',
    spec: { class: {}, interfaces: {}, nodePool: 'disks' },
  };
  for (const pool of ['gpu', 'all', 'default', 'disks', undefined]) {
    t.deepEqual(found(undeclaredNodePool, [gpu, server, job('shop', pool), volume]), [], pool);
  }
});

test('where the clients are known, placement has said it already', (t) => {
  const cluster: FakeResource = { kind: 'NomadCluster', name: 'main', spec: { servers: {}, clients: {} } };
  t.deepEqual(found(undeclaredNodePool, [gpu, cluster, job('shop', 'gpus')]), []);
});

test('of several datacenters the unknown one is told; a job that names no other has no place, and placement says so', (t) => {
  const datacenter: FakeResource = { kind: 'Datacenter', name: 'fsn1', spec: {} };
  const cluster: FakeResource = { kind: 'NomadCluster', name: 'main', spec: { servers: {}, clients: {} } };
  const inside = (...names: readonly string[]): FakeResource => ({
    kind: 'NomadJob',
    name: 'web',
    namespace: 'default',
    spec: { json: { ID: 'web', Datacenters: [...names] } },
  });
  const told = 'DRV0897 the job web wants the datacenter fsn2, which nobody declares';
  t.deepEqual(found(undeclaredDatacenter, [datacenter, cluster, inside('fsn1', 'fsn2')]), [told]);
  t.deepEqual(found(undeclaredDatacenter, [datacenter, cluster, inside('fsn2')]), []);
  t.deepEqual(found(undeclaredDatacenter, [datacenter, inside('fsn2')]), [told]);
});
