import test from 'ava';
import * as fc from 'fast-check';
import { type BatchServer, maxInFlight, nextBatch } from '../../../controller/apply/l1/next-batch.ts';
import type { RolloutRules } from '../../../controller/model/environment.ts';

const rules: RolloutRules = {
  maxUnavailable: 1,
  minReadyMs: 60_000,
  confirmTimeoutMs: 120_000,
  stopAfterFailures: 1,
  deadlineMs: 7_200_000,
};
const now = Date.UTC(2026, 0, 1);

const server = (name: string, changes: Partial<BatchServer> = {}): BatchServer => ({
  server: name,
  labels: {},
  groups: [],
  hasPayload: true,
  isCurrent: false,
  isBlocked: false,
  state: 'converged',
  appliedAt: now - 3_600_000,
  ...changes,
});
const decide = (servers: readonly BatchServer[], changes: Partial<RolloutRules> = {}) =>
  nextBatch(servers, { ...rules, ...changes }, now);

test('servers are taken by name, so many at once', (t) => {
  const fleet = ['d', 'b', 'a', 'c'].map((name) => server(name));
  t.deepEqual(decide(fleet, { maxUnavailable: 2 }).send, ['a', 'b']);
  t.deepEqual(decide(fleet, { maxUnavailable: '75%' }).send, ['a', 'b', 'c']);
});

test('a percentage of a small fleet is one server at least', (t) => {
  t.is(maxInFlight({ ...rules, maxUnavailable: '10%' }, 3), 1);
  t.is(maxInFlight({ ...rules, maxUnavailable: '10%' }, 25), 2);
});

test('nothing is sent while a server is under way, with an older payload too', (t) => {
  for (const state of ['sent', 'applying', 'rebooted'] as const) {
    t.deepEqual(decide([server('a', { state, isCurrent: true }), server('b')]).send, []);
    t.deepEqual(decide([server('a', { state }), server('b')]).send, []);
  }
});

test('the next batch waits until the one before stayed ready', (t) => {
  const applied = (agoMs: number) => server('a', { isCurrent: true, appliedAt: now - agoMs });
  t.deepEqual(decide([applied(59_999), server('b')]).send, []);
  t.deepEqual(decide([applied(60_000), server('b')]).send, ['b']);
});

test('a failure stops the rollout, the failure of the payload before does not', (t) => {
  const stopped = decide([server('a', { isCurrent: true, state: 'failed' }), server('b')]);
  t.true(stopped.stopped);
  t.deepEqual(stopped.send, []);
  t.deepEqual(decide([server('a', { state: 'failed' }), server('b')]).send, ['a']);
});

test('canaries go first and have to stay well for their pause', (t) => {
  const canary = { matchLabels: { canary: 'true' }, pauseMs: 600_000 };
  const z = server('z', { labels: { canary: 'true' } });
  t.deepEqual(decide([server('a'), z], { canary, maxUnavailable: 5 }).send, ['z']);
  const young = { ...z, isCurrent: true, appliedAt: now - 599_999 };
  t.deepEqual(decide([server('a'), young], { canary }).send, []);
  t.deepEqual(decide([server('a'), { ...young, appliedAt: now - 600_000 }], { canary }).send, ['a']);
});

test('quorum members go before the others, one of a group at a time', (t) => {
  const member = (name: string, changes: Partial<BatchServer> = {}) =>
    server(name, { groups: ['consul', 'nomad'], ...changes });
  const fleet = [server('a'), member('q1'), member('q2'), server('v', { groups: ['vault'] })];
  t.deepEqual(decide(fleet, { maxUnavailable: 10 }).send, ['q1', 'v', 'a']);
});

test('a quorum member waits while another is silent, and the sick one goes first', (t) => {
  const member = (name: string, changes: Partial<BatchServer> = {}) =>
    server(name, { groups: ['consul'], ...changes });
  const silent = decide([member('q1'), member('q2', { state: 'silent' })]);
  t.deepEqual([silent.send, silent.passOver], [[], []]);
  t.deepEqual(decide([member('q1'), member('q2', { state: 'failed' })]).send, ['q2']);
});

test('a member that never had a payload holds up nobody', (t) => {
  const member = (name: string, changes: Partial<BatchServer>) =>
    server(name, { groups: ['consul'], ...changes });
  const fleet = [
    member('q1', { hasPayload: false, state: 'pending' }),
    member('q2', { hasPayload: false, state: 'silent' }),
  ];
  t.deepEqual(decide(fleet).send, ['q1']);
});

test('a silent server is passed over and written to, and takes no place', (t) => {
  const decision = decide([server('a', { state: 'silent' }), server('b')]);
  t.deepEqual(decision.send, ['b']);
  t.deepEqual(decision.passOver, ['a']);
});

test('when all look silent, our own eyes may be broken: few are written to', (t) => {
  const fleet = Array.from({ length: 100 }, (_, index) => server(`s${index}`, { state: 'silent' }));
  const first = decide(fleet).passOver;
  t.is(first.length, 5);
  const second = fleet.map((item) => (first.includes(item.server) ? { ...item, isCurrent: true } : item));
  t.deepEqual(decide(second).passOver, []);
});

test('a blocked server is sent nothing and takes no place', (t) => {
  t.deepEqual(decide([server('a', { isBlocked: true }), server('b')]).send, ['b']);
  t.is(decide([server('a', { isBlocked: true })]).reason, '');
});

interface World {
  readonly servers: BatchServer[];
  readonly rules: RolloutRules;
}

const worldOf = fc
  .record({
    count: fc.integer({ min: 1, max: 14 }),
    maxUnavailable: fc.oneof(
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 100 }).map((percent) => `${percent}%` as const),
    ),
    groups: fc.array(fc.subarray(['consul', 'nomad', 'vault']), { minLength: 14, maxLength: 14 }),
    canaries: fc.array(fc.boolean(), { minLength: 14, maxLength: 14 }),
    fresh: fc.array(fc.boolean(), { minLength: 14, maxLength: 14 }),
  })
  .map(({ count, maxUnavailable, groups, canaries, fresh }): World => {
    const servers = Array.from({ length: count }, (_, index) =>
      server(`s${index}`, {
        groups: groups[index] ?? [],
        labels: canaries[index] ? { canary: 'true' } : {},
        hasPayload: !fresh[index],
        state: fresh[index] ? 'pending' : 'converged',
        appliedAt: fresh[index] ? undefined : 0,
      }),
    );
    const canary = { matchLabels: { canary: 'true' }, pauseMs: 5000 };
    return { servers, rules: { ...rules, maxUnavailable, canary } };
  });

/** Plays a rollout: each step some servers under way converge; `keep` says which. Gives the batches. */
function play({ servers, rules }: World, converge: (server: string, step: number) => boolean) {
  const world = new Map(servers.map((item) => [item.server, item]));
  const underWay = () => [...world.values()].filter((item) => item.state === 'sent');
  const batches: string[][] = [];
  const busiest: BatchServer[][] = [];
  let nowMs = 1_000_000;
  for (
    let step = 0;
    step < 400 && [...world.values()].some((item) => !item.isCurrent || item.state === 'sent');
    step += 1
  ) {
    nowMs += 10_000;
    for (const item of underWay()) {
      if (converge(item.server, step))
        world.set(item.server, { ...item, state: 'converged', appliedAt: nowMs });
    }
    const { send } = nextBatch([...world.values()], rules, nowMs);
    for (const name of send) {
      const item = world.get(name);
      if (item) world.set(name, { ...item, isCurrent: true, hasPayload: true, state: 'sent' });
    }
    if (send.length > 0) batches.push([...send]);
    busiest.push(underWay());
  }
  return { batches, busiest, world };
}

const coin = fc
  .func(fc.boolean())
  .map((flip) => (name: string, step: number) => step % 7 === 0 || flip(name, step));

test('never two members of a quorum group are under way, never more than may be unavailable', (t) => {
  fc.assert(
    fc.property(worldOf, coin, (world, converge) => {
      const { busiest } = play(world, converge);
      const places = maxInFlight(world.rules, world.servers.length);
      for (const underWay of busiest) {
        t.true(underWay.length <= places);
        const groups = underWay.flatMap((item) => item.groups);
        t.is(new Set(groups).size, groups.length);
      }
    }),
    { numRuns: 200 },
  );
});

test('when nothing fails every server is reached, each once', (t) => {
  fc.assert(
    fc.property(worldOf, coin, (world, converge) => {
      const { batches, world: end } = play(world, converge);
      t.true([...end.values()].every((item) => item.isCurrent && item.state === 'converged'));
      t.deepEqual(batches.flat().sort(), world.servers.map((item) => item.server).sort());
    }),
    { numRuns: 200 },
  );
});

test('the order of the input does not matter', (t) => {
  fc.assert(
    fc.property(worldOf, fc.integer(), (world, seed) => {
      const shuffled = world.servers.toSorted(
        (a, b) => (((a.server + seed).length * seed) % 7) - (((b.server + seed).length * seed) % 7),
      );
      const reversed = shuffled.toReversed();
      t.deepEqual(
        nextBatch(reversed, world.rules, now).send,
        nextBatch(world.servers, world.rules, now).send,
      );
    }),
    { numRuns: 100 },
  );
});
