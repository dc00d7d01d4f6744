import test from 'ava';
import { array, assert, asyncProperty, nat } from 'fast-check';
import { reconcileWaves } from '../../../controller/apply/l2/reconcile-waves.ts';
import { ConflictError, SourceError, UnavailableError } from '../../../controller/model/errors.ts';
import { type MadeUnit, makeJob, makeUnit } from './make-units.ts';
import { makeWorld } from './make-world.ts';

const signal = AbortSignal.timeout(60_000);

const namespace = makeUnit('nomad-namespace', 'shop', 30, { Name: 'shop', Description: 'The shop' });
const web = makeJob('shop/web');
const flags = makeUnit('consul-key', 'shop/flags', 20, new TextEncoder().encode('{}'));
const mount = makeUnit('vault-mount', 'kv', 10, {
  path: 'kv',
  type: 'kv',
  description: '',
  options: { version: '2' },
});
const policy = makeUnit('vault-policy', 'web', 10, {
  name: 'web',
  policy: `path "kv/data/{{identity.entity.aliases.\${{ accessor('jwt-nomad') }}.name}}" {}`,
});
const auth = makeUnit('vault-auth', 'jwt-nomad', 35, {
  path: 'jwt-nomad',
  type: 'jwt',
  description: '',
  config: { a: 'b' },
});
const role = makeUnit('vault-role', 'jwt-nomad/web', 35, {
  auth: 'jwt-nomad',
  name: 'web',
  config: { token_period: '30m' },
});
const secret = makeUnit('vault-secret', 'kv/shop/db', 10, {
  path: 'kv/shop/db',
  keys: {
    password: { generate: { length: 32, charset: 'Alphanumeric' } },
    url: { template: 'postgres://shop:${{ keys.password }}@db' },
  },
  generation: 1,
});
const everything = [namespace, web, flags, mount, policy, auth, role, secret];

test('an empty world becomes what the tree says, and stays untouched after', async (t) => {
  const world = makeWorld();
  const progress = await world.run(everything);
  t.true(progress.done, progress.summary);
  t.is(world.states(progress)['nomad-job:shop/web'], 'healthy');
  t.is(Buffer.from((await world.kv.get('shop/flags', signal))?.value ?? []).toString(), '{}');
  t.regex(JSON.stringify(world.policies.objects.get('web')), /accessor_jwt-nomad/);
  const values = await world.secrets.read('kv/shop/db', 1, signal);
  t.is(values['url'], `postgres://shop:${values['password']}@db`);
  const writes = world.writes();
  for (let again = 0; again < 5; again += 1)
    t.true((await world.step(everything, { converged: everything })).done);
  t.is(world.writes(), writes);
});

test('a job in a namespace of a later step is written after it', async (t) => {
  const world = makeWorld();
  await world.step([web, namespace]);
  const written = world.events.filter(({ kind }) => kind === 'UnitWritten').map(({ key }) => key);
  t.deepEqual(written, ['nomad-namespace:shop', 'nomad-job:shop/web']);
});

test('a mount is there before the secrets of its own wave are written', async (t) => {
  const world = makeWorld();
  const order: string[] = [];
  const mounts = {
    ...world.mounts,
    write: async (...request: Parameters<typeof world.mounts.write>) => {
      await new Promise((resolve) => setImmediate(resolve));
      order.push('mount');
      await world.mounts.write(...request);
    },
  };
  const secrets = {
    ...world.secrets,
    write: async (...request: Parameters<typeof world.secrets.write>) => {
      order.push('secret');
      return world.secrets.write(...request);
    },
  };
  await reconcileWaves({ ...world.ports, mounts, secrets }, world.request([secret, mount], {}), signal);
  t.deepEqual(order, ['mount', 'secret']);
});

test('a wave waits until the one before is healthy', async (t) => {
  const world = makeWorld({ instant: false });
  const first = makeJob('default/migrate', {}, {}, 50);
  const second = makeJob('default/app', {}, {}, 60);
  t.deepEqual(world.states(await world.step([first, second])), {
    'nomad-job:default/migrate': 'written',
    'nomad-job:default/app': 'pending',
  });
  t.is(world.states(await world.step([first, second]))['nomad-job:default/migrate'], 'progressing');
  world.nomad.finish('default/migrate', 'successful');
  t.is(world.states(await world.step([first, second]))['nomad-job:default/app'], 'written');
});

test('a failed wave stops the rest and tells why', async (t) => {
  const world = makeWorld({ instant: false });
  const first = makeJob('default/migrate', {}, {}, 50);
  const second = makeJob('default/app', {}, {}, 60);
  await world.step([first, second]);
  world.nomad.finish('default/migrate', 'failed');
  const progress = await world.step([first, second]);
  t.true(progress.failed);
  t.is(world.states(progress)['nomad-job:default/app'], 'pending');
  t.regex(progress.units[0]?.message ?? '', /Deployment failed; on node: t: Terminated: Exit Code: 1/);
  t.deepEqual(world.nomad.keys(), ['default/migrate']);
});

test('a job that was unwell before this rollout blocks nothing, unless a changed one depends on it', async (t) => {
  const old = makeJob('default/old', {}, {}, 40);
  const app = makeJob('default/app');
  const world = makeWorld({ instant: false });
  await world.step([old]);
  world.nomad.finish('default/old', 'failed');
  const progress = await world.step([old, app], { converged: [old] });
  t.is(world.states(progress)['nomad-job:default/old'], 'unhealthy-before');
  t.is(world.states(progress)['nomad-job:default/app'], 'written');
  const needy = makeJob('default/needy', {}, { dependsOn: ['nomad-job:default/old'] });
  const blocked = await world.step([old, needy], { converged: [old] });
  t.is(world.states(blocked)['nomad-job:default/old'], 'failed');
});

test('what depends on another unit of its wave is written after that one is well', async (t) => {
  const world = makeWorld({ instant: false });
  const app = makeJob('default/a-app', {}, { dependsOn: ['nomad-job:default/z-db'] });
  const db = makeJob('default/z-db');
  t.is(world.states(await world.step([app, db]))['nomad-job:default/a-app'], 'waiting');
  world.nomad.finish('default/z-db', 'successful');
  t.is(world.states(await world.step([app, db]))['nomad-job:default/a-app'], 'written');
});

test('a foreign object that differs is a conflict and stays; an equal one is adopted without a write', async (t) => {
  const world = makeWorld();
  world.namespaces.objects.set('shop', { Name: 'shop', Description: 'Somebody else' });
  const progress = await world.step([namespace]);
  t.is(world.states(progress)['nomad-namespace:shop'], 'conflict');
  t.is(world.namespaces.writes(), 0);
  world.namespaces.objects.set('shop', { Name: 'shop', Description: 'The shop' });
  t.is(world.states(await world.step([namespace]))['nomad-namespace:shop'], 'equal');
  t.is(world.namespaces.writes(), 0);
});

test('a job that is written for another region is said to be, and never written here', async (t) => {
  const world = makeWorld();
  const west = makeJob('default/web', { Region: 'west' });
  await world.run([west]);
  const writes = world.writes();
  const progress = await world.step([makeJob('default/web', { Region: 'east' })], { converged: [west] });
  const [unit] = progress.units;
  t.is(unit?.state, 'failed');
  t.is(unit?.message, 'it is written for the region east, and runs in west');
  t.is(world.writes(), writes);
  const same = await world.step([west], { converged: [west] });
  t.is(same.units[0]?.state, 'healthy');
});

test('with adopt, a foreign object is taken over', async (t) => {
  const world = makeWorld();
  world.namespaces.objects.set('shop', { Name: 'shop', Description: 'Somebody else' });
  const adopted = makeUnit(
    'nomad-namespace',
    'shop',
    30,
    { Name: 'shop', Description: 'Ours' },
    { adopt: true },
  );
  t.true((await world.run([adopted])).done);
  t.is(world.namespaces.objects.get('shop')?.['Description'], 'Ours');
});

test('a job stopped by hand is held, and comes back when its definition changes', async (t) => {
  const world = makeWorld();
  const job = makeJob('default/web');
  await world.run([job]);
  world.nomad.stop('default/web');
  const held = await world.step([job], { converged: [job] });
  t.is(world.states(held)['nomad-job:default/web'], 'held');
  t.true(held.done);
  world.nomad.collect('default/web');
  t.is(world.states(await world.step([job], { converged: [job] }))['nomad-job:default/web'], 'held');
  const changed = makeJob('default/web', { Priority: 70 });
  t.true((await world.run([changed], { converged: [job] })).done);
  t.deepEqual(world.nomad.keys(), ['default/web']);
});

test('with onStopped Heal, a stopped job comes back, and one that Nomad forgot too', async (t) => {
  const world = makeWorld();
  const job = makeJob('default/web', {}, { onStopped: 'Heal' });
  await world.run([job]);
  world.nomad.stop('default/web');
  t.true((await world.run([job], { converged: [job] })).done);
  t.deepEqual(world.nomad.keys(), ['default/web']);
  world.nomad.collect('default/web');
  t.true((await world.run([job], { converged: [job] })).done);
  t.deepEqual(world.nomad.keys(), ['default/web']);
});

test('a job that Nomad took back is not pushed again, also by a controller that did not see it', async (t) => {
  const world = makeWorld({ instant: false });
  const good = makeJob('default/web');
  await world.step([good]);
  world.nomad.finish('default/web', 'successful');
  const bad = makeJob('default/web', { Priority: 70 });
  await world.step([bad], { converged: [good] });
  world.nomad.finish('default/web', 'failed', { autoRevert: true });
  const failed: string[] = [];
  const writes = world.writes();
  const options = { converged: [good], onSpecFailed: ({ unit }: { unit: string }) => void failed.push(unit) };
  for (let again = 0; again < 3; again += 1) t.true((await world.step([bad], options)).failed);
  t.is(world.writes(), writes);
  t.is(failed[0], 'nomad-job:default/web');
  const retried = await world.step([bad], { ...options, retry: ['nomad-job:default/web'] });
  t.is(world.states(retried)['nomad-job:default/web'], 'written');
});

test('a spec remembered as failed is not written', async (t) => {
  const world = makeWorld();
  const good = makeJob('default/web');
  await world.run([good]);
  const bad = makeJob('default/web', { Priority: 70 });
  const failedSpecs = [`nomad-job:default/web@${bad.entry.sha256}`];
  t.true((await world.run([bad], { converged: [good], failedSpecs })).failed);
  t.is((await world.nomad.jobs.read({ namespace: 'default', id: 'web' }, signal))?.version, 0);
});

test('a migration that has run is not run again, whatever becomes of its job', async (t) => {
  const world = makeWorld();
  const batch = { Type: 'batch' };
  const migration = makeJob('default/migrate', batch, { once: 'content' }, 50);
  const ran: string[] = [];
  t.true((await world.run([migration], { onRan: ({ identity }) => void ran.push(identity) })).done);
  t.is(ran[0], 'nomad-job:default/migrate@content');
  world.nomad.collect('default/migrate');
  t.true((await world.run([migration], { ranOnce: ran })).done);
  t.true((await world.run([migration], { converged: [migration] })).done);
  t.deepEqual(world.nomad.keys(), []);
  const rendered = makeJob('default/migrate', { ...batch, Priority: 51 }, { once: 'content' }, 50);
  t.true((await world.run([rendered], { converged: [migration] })).done);
  t.deepEqual(world.nomad.keys(), [], 'the JSON of a new Nomad version is no new migration');
});

test('a finished batch job that Nomad collected is not run again', async (t) => {
  const world = makeWorld();
  const batch = makeJob('default/report', { Type: 'batch' }, {}, 70);
  await world.run([batch]);
  world.nomad.collect('default/report');
  t.true((await world.run([batch], { converged: [batch] })).done);
  t.deepEqual(world.nomad.keys(), []);
});

test('a lost secret is never made anew', async (t) => {
  const world = makeWorld();
  const units = [mount, secret];
  await world.run(units);
  world.secrets.forget('kv/shop/db');
  const lost = await world.step(units, { converged: units });
  t.true(lost.failed);
  t.regex(lost.units.find(({ unit }) => unit === 'vault-secret:kv/shop/db')?.message ?? '', /SecretLost/);
  t.is(await world.secrets.version('kv/shop/db', signal), undefined);
});

test('a deleted secret is never made anew', async (t) => {
  const world = makeWorld();
  await world.run([mount, secret]);
  world.secrets.softDelete('kv/shop/db');
  t.true((await world.step([mount, secret])).failed);
  t.is((await world.secrets.version('kv/shop/db', signal))?.version, 1);
});

test('a higher generation makes new values once, and what a person put in is kept', async (t) => {
  const world = makeWorld();
  const keys = {
    password: { generate: { length: 20 } },
    key: { external: { owner: '@acme/shop', from: 'x' } },
  };
  const first = makeUnit('vault-secret', 'kv/a', 10, { path: 'kv/a', keys, generation: 1 });
  const waiting = await world.run([first]);
  t.is(world.states(waiting)['vault-secret:kv/a'], 'waiting');
  t.regex(waiting.units[0]?.message ?? '', /waits for "key" from @acme\/shop/);
  const before = await world.secrets.read('kv/a', 1, signal);
  await world.secrets.write('kv/a', { values: { ...before, key: 'theirs' }, expectedVersion: 1 }, signal);
  t.true((await world.run([first])).done);
  const second = makeUnit('vault-secret', 'kv/a', 10, { path: 'kv/a', keys, generation: 2 });
  t.true((await world.run([second], { converged: [first] })).done);
  const after = await world.secrets.read('kv/a', 3, signal);
  t.is(after['key'], 'theirs');
  t.not(after['password'], before['password']);
  for (let again = 0; again < 3; again += 1) await world.step([second], { converged: [second] });
  t.is((await world.secrets.version('kv/a', signal))?.version, 3);
});

test('what somebody else has to put in holds up nothing else', async (t) => {
  const world = makeWorld();
  const keys = { key: { external: { owner: '@acme/shop', from: 'x' } } };
  const external = makeUnit('vault-secret', 'kv/a', 10, { path: 'kv/a', keys, generation: 1 });
  const progress = await world.run([external, makeJob('default/web')]);
  t.is(world.states(progress)['nomad-job:default/web'], 'healthy');
  t.false(progress.done);
});

test('pruning goes in reverse waves, after everything is well, and by key', async (t) => {
  const world = makeWorld();
  const units = [namespace, web, flags];
  await world.run(units);
  await world.kv.transact([{ verb: 'set', key: 'shop/flags-sibling', value: Uint8Array.of(1) }], signal);
  const gone = await world.run([], { converged: units });
  t.true(gone.done);
  t.deepEqual(
    gone.units.map(({ unit, state }) => [unit, state]),
    [
      ['nomad-job:shop/web', 'deleted'],
      ['nomad-namespace:shop', 'deleted'],
      ['consul-key:shop/flags', 'deleted'],
    ],
  );
  t.truthy(await world.kv.get('shop/flags-sibling', signal));
  t.true((await world.nomad.jobs.read({ namespace: 'shop', id: 'web' }, signal))?.stopped);
});

test('nothing is pruned while a wave is not well', async (t) => {
  const world = makeWorld({ instant: false });
  await world.run([namespace]);
  const progress = await world.step([makeJob('default/app')], { converged: [namespace] });
  t.is(world.states(progress)['nomad-namespace:shop'], 'pending');
  t.true(world.namespaces.objects.has('shop'));
});

test('secrets and mounts outlive their definitions', async (t) => {
  const world = makeWorld();
  await world.run([mount, secret]);
  const gone = await world.run([], { converged: [mount, secret] });
  t.deepEqual(world.states(gone), { 'vault-secret:kv/shop/db': 'orphaned', 'vault-mount:kv': 'orphaned' });
  t.true(gone.done);
  t.true(world.mounts.objects.has('kv'));
});

test('a controller that does not lead any more writes nothing and says so', async (t) => {
  const world = makeWorld();
  const lost = new ConflictError('not leading');
  const mayWrite = () => {
    throw lost;
  };
  await t.throwsAsync(world.step(everything, { mayWrite }), { is: lost });
  t.is(world.writes(), 0);
});

test('a dry run writes nothing', async (t) => {
  const world = makeWorld();
  const progress = await world.step(everything, { dryRun: true });
  t.false(progress.done);
  t.is(world.writes(), 0);
});

test('a job waits for the servers it may land on', async (t) => {
  const world = makeWorld();
  const progress = await world.step([makeJob('default/web')], { serversReady: () => false });
  t.is(world.states(progress)['nomad-job:default/web'], 'waiting');
  t.deepEqual(world.nomad.keys(), []);
});

test('a tree that lacks what its inventory names is not applied at all', async (t) => {
  const world = makeWorld();
  const request = world.request(everything, {});
  const tree = new Map([...request.tree].slice(1));
  await t.throwsAsync(world.step(everything, { ...request, tree } as object), { instanceOf: SourceError });
  t.is(world.writes(), 0);
});

test('a system that does not answer is waited for', async (t) => {
  const world = makeWorld();
  const down = async () => {
    throw new UnavailableError('Vault is sealed');
  };
  const ports = { ...world.ports, mounts: { read: down, write: down, remove: down } };
  const progress = await reconcileWaves(ports, world.request([mount, web, namespace], {}), signal);
  t.false(progress.failed);
  t.is(world.states(progress)['vault-mount:kv'], 'waiting');
  t.is(world.states(progress)['nomad-job:shop/web'], 'pending');
});

test('ended at any write and run again, the end is the same', async (t) => {
  const changed: readonly MadeUnit[] = [
    namespace,
    makeJob('shop/web', { Priority: 70 }),
    mount,
    secret,
    auth,
    role,
  ];
  const reference = makeWorld();
  await reference.run(everything);
  await reference.run(changed, { converged: everything });
  await assert(
    asyncProperty(array(nat({ max: 12 }), { minLength: 1, maxLength: 4 }), async (ends) => {
      const world = makeWorld();
      await crashing(world, everything, [], ends);
      await crashing(world, changed, everything, ends);
      t.deepEqual(world.policies.objects, reference.policies.objects);
      t.deepEqual(world.namespaces.objects, reference.namespaces.objects);
      t.deepEqual(world.roles.objects, reference.roles.objects);
      t.is(await world.kv.get('shop/flags', signal), undefined);
      const read = (of: typeof world) => of.nomad.jobs.read({ namespace: 'shop', id: 'web' }, signal);
      t.is((await read(world))?.version, (await read(reference))?.version);
      t.is((await world.secrets.version('kv/shop/db', signal))?.version, 1);
    }),
    { numRuns: 40 },
  );
});

/** Steps that are cut off at the n-th write, for each n; then steps that are not. */
async function crashing(
  world: ReturnType<typeof makeWorld>,
  units: readonly MadeUnit[],
  converged: readonly MadeUnit[],
  ends: readonly number[],
): Promise<void> {
  for (const end of ends) {
    let left = end;
    const mayWrite = () => {
      left -= 1;
      if (left < 0) throw new ConflictError('killed');
    };
    await world.step(units, { converged, mayWrite }).catch(() => undefined);
  }
  await world.run(units, { converged });
}
