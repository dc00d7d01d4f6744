import test from 'ava';
import { compareLive } from '../../../controller/apply/l2/compare-live.ts';
import { reconcileWaves } from '../../../controller/apply/l2/reconcile-waves.ts';
import type { WavePorts } from '../../../controller/apply/l2/target.ts';
import type { JsonObject } from '../../../controller/model/json.ts';
import { createFakeClusterObjects } from '../../fakes/cluster-objects.ts';
import { createFakeCsiVolumes } from '../../fakes/csi-volumes.ts';
import { createFakeHostVolumes } from '../../fakes/host-volumes.ts';
import { byKey, type MadeUnit, makeJob, makeTree, makeUnit } from './make-units.ts';
import { makeWorld } from './make-world.ts';

const signal = AbortSignal.timeout(60_000);

/** A world with everything of Nomad; `owned` are units of former commits. */
function nomadWorld(nodeCount = 3) {
  const world = makeWorld();
  world.namespaces.objects.set('shop', { Name: 'shop' });
  const objects = {
    nodePools: createFakeClusterObjects(),
    variables: createFakeClusterObjects(),
    aclPolicies: createFakeClusterObjects(),
    authMethods: createFakeClusterObjects(),
    hostVolumes: createFakeHostVolumes(nodeCount),
    csiVolumes: createFakeCsiVolumes(),
  };
  const ports: WavePorts = { ...world.ports, ...objects };
  const step = (units: readonly MadeUnit[], owned: readonly MadeUnit[] = []) =>
    reconcileWaves(ports, world.request(units, { owned }), signal);
  const writes = () => Object.values(objects).reduce((sum, { writes: count }) => sum + count(), 0);
  return { ...objects, ports, step, writes };
}

const capability = { AccessMode: 'single-node-writer', AttachmentMode: 'file-system' };
const host = (change: JsonObject = {}) =>
  makeUnit('nomad-volume', 'shop/data', 30, {
    Type: 'host',
    Namespace: 'shop',
    Name: 'data',
    PluginID: 'mkdir',
    Count: 1,
    RequestedCapabilities: [capability],
    ...change,
  });
const csi = (change: JsonObject = {}) =>
  makeUnit('nomad-volume', 'shop/files', 30, {
    Type: 'csi',
    Namespace: 'shop',
    Name: 'files',
    PluginID: 'nfs',
    RequestedCapabilities: [capability],
    ...change,
  });
const pool = makeUnit('nomad-node-pool', 'gpu', 30, { Name: 'gpu', Description: 'x' });
const policy = makeUnit('nomad-acl-policy', 'p', 30, { Name: 'p', Description: '', Rules: 'node {}\n' });
const variable = (items: JsonObject) =>
  makeUnit('nomad-variable', 'shop/flags', 30, { Namespace: 'shop', Path: 'flags', Items: items });
const auth = (change: JsonObject = {}) =>
  makeUnit('nomad-auth', 'ci', 30, {
    Name: 'ci',
    Type: 'JWT',
    Config: { JWKSURL: 'x' },
    BindingRules: [{ Description: 'b' }, { Description: 'a' }],
    ...change,
  });

test('objects are made once and then left alone', async (t) => {
  const world = nomadWorld();
  const units = [host(), pool, policy, variable({ a: '1' }), auth()];
  await world.step(units);
  const writes = world.writes();
  t.is(writes, 5);
  const again = await world.step(units, units);
  t.true(again.done, again.summary);
  t.is(world.writes(), writes);
});

test('rules of a method have no order, rules of a policy no line ends', async (t) => {
  const world = nomadWorld();
  world.authMethods.objects.set('ci', {
    Name: 'ci',
    Type: 'JWT',
    Config: { JWKSURL: 'x' },
    BindingRules: [{ Description: 'a' }, { Description: 'b' }],
  });
  world.aclPolicies.objects.set('p', { Name: 'p', Rules: 'node {}  \r\n' });
  t.true((await world.step([auth(), policy])).done);
});

test('a method that holds a client secret is never written over', async (t) => {
  const world = nomadWorld();
  const live = { Name: 'ci', Type: 'JWT', Config: { JWKSURL: 'y', OIDCClientSecret: 'redacted' } };
  world.authMethods.objects.set('ci', live);
  const progress = await world.step([auth()], [auth()]);
  t.regex(progress.units[0]?.message ?? '', /holds a client secret/);
  t.is(world.writes(), 0);
});

test('a variable of somebody else is a conflict that tells names and no values', async (t) => {
  const world = nomadWorld();
  world.variables.objects.set('shop/flags', { Namespace: 'shop', Path: 'flags', Items: { b: 'canary' } });
  const progress = await world.step([variable({ a: '' })]);
  t.is(progress.units[0]?.state, 'conflict');
  t.regex(progress.units[0]?.message ?? '', /Items\.a, Items\.b/);
  t.false(JSON.stringify(progress).includes('canary'));
});

test('a node pool that is built in, or still in use, stays', async (t) => {
  const nodePools = createFakeClusterObjects({ inUse: () => true });
  nodePools.objects.set('gpu', { Name: 'gpu' });
  nodePools.objects.set('default', { Name: 'default' });
  const world = nomadWorld();
  const base = makeUnit('nomad-node-pool', 'default', 30, { Name: 'default' });
  const request = makeWorld().request([], { owned: [pool, base] });
  const progress = await reconcileWaves({ ...world.ports, nodePools }, request, signal);
  t.deepEqual([...new Set(progress.units.map(({ state }) => state))], ['orphaned']);
  t.is(nodePools.objects.size, 2);
});

test('a host volume is made on as many nodes as are counted, and surplus ones stay', async (t) => {
  const world = nomadWorld();
  await world.step([host({ Count: 3 })]);
  t.is(world.hostVolumes.volumes.length, 3);
  const fewer = await world.step([host({ Count: 1 })], [host()]);
  t.true(fewer.done);
  t.regex(fewer.units[0]?.message ?? '', /2 more than defined stay/);
  t.is(world.hostVolumes.volumes.length, 3);
});

test('more nodes are counted than there are: the volume waits and keeps what it has', async (t) => {
  const world = nomadWorld(2);
  const progress = await world.step([host({ Count: 3 })]);
  t.is(progress.units[0]?.state, 'waiting');
  t.is(world.hostVolumes.volumes.length, 2);
  t.is((await world.step([host({ Count: 2 })])).units[0]?.state, 'equal');
});

test('what a volume was made with can not be changed, its size can', async (t) => {
  const world = nomadWorld();
  await world.step([host()]);
  const grown = await world.step([host({ RequestedCapacityMaxBytes: 8192 })], [host()]);
  t.is(grown.units[0]?.state, 'written');
  for (const change of [{ PluginID: 'zfs' }, { NodePool: 'gpu' }, { Constraints: [{ LTarget: 'a' }] }]) {
    const refused = await world.step([host({ ...change, RequestedCapacityMaxBytes: 8192 })], [host()]);
    t.is(refused.units[0]?.state, 'failed');
    t.regex(refused.units[0]?.message ?? '', /can’t be changed: define a new one/);
  }
  t.is(world.hostVolumes.volumes.length, 1);
});

test('one more folder takes nothing from anybody; a change of one that is there needs ownership', async (t) => {
  const world = nomadWorld();
  await world.step([host()]);
  t.is((await world.step([host({ Count: 2 })])).units[0]?.state, 'written');
  t.is((await world.step([host({ Count: 2, Parameters: { mode: '0700' } })])).units[0]?.state, 'conflict');
});

test('a CSI volume waits for its plugin and holds up nothing, then it is made', async (t) => {
  const world = nomadWorld();
  const plugin = makeJob('shop/nfs');
  const first = await world.step([csi(), plugin]);
  const states = Object.fromEntries(first.units.map(({ unit, state }) => [unit, state]));
  t.is(states['nomad-volume:shop/files'], 'waiting');
  t.not(states['nomad-job:shop/nfs'], 'pending');
  world.csiVolumes.plugins.add('nfs');
  const second = await world.step([csi(), plugin], [csi(), plugin]);
  t.is(second.units.find(({ unit }) => unit.startsWith('nomad-volume'))?.state, 'written');
});

test('a CSI volume that is as defined does not ask for its plugin', async (t) => {
  const world = nomadWorld();
  world.csiVolumes.objects.set('shop/files', {
    Type: 'csi',
    Namespace: 'shop',
    Name: 'files',
    PluginID: 'nfs',
    RequestedCapabilities: [capability],
    MountOptions: { FSType: 'nfs' },
  });
  t.true((await world.step([csi({ MountOptions: { FSType: 'nfs', MountFlags: ['ro'] } })])).done);
});

test('a CSI volume keeps what it was made with', async (t) => {
  const world = nomadWorld();
  world.csiVolumes.plugins.add('nfs');
  await world.step([csi({ Parameters: { tier: 'a' } })]);
  const refused = await world.step([csi({ Parameters: { tier: 'b' } })], [csi()]);
  t.regex(refused.units[0]?.message ?? '', /Parameters\.tier of a volume can’t be changed/);
});

test('volumes are never deleted', async (t) => {
  const world = nomadWorld();
  const gone: MadeUnit = { ...host(), entry: { ...host().entry, options: { prune: 'Delete' } } };
  await world.step([gone]);
  const progress = await world.step([], [gone]);
  t.is(progress.units[0]?.state, 'orphaned');
  t.is(world.hostVolumes.volumes.length, 1);
});

test('without Nomad each of them is told to lack it, and a plan reads all of them', async (t) => {
  const world = makeWorld();
  const units = [host(), csi(), pool, policy, variable({ a: '1' }), auth()];
  const history = {
    owned: new Set<string>(),
    failedSpecs: new Set<string>(),
    retry: new Set<string>(),
    ranOnce: new Set<string>(),
  };
  const request = { environment: 'test', ...makeTree(units), history: { ...history, converged: byKey([]) } };
  const { clock, events } = world.ports;
  const without = await compareLive({ clock, events }, request, signal);
  t.true(
    without.every(({ state, notes }) => state === 'unknown' && /no Nomad is configured/.test(notes[0] ?? '')),
  );
  const found = await compareLive(nomadWorld().ports, request, signal);
  t.deepEqual(found.map(({ state }) => state).sort(), [
    'absent',
    'absent',
    'absent',
    'absent',
    'absent',
    'unknown',
  ]);
});
