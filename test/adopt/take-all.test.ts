import test from 'ava';
import type { AdoptTarget } from '../../controller/adopt/adopt-target.ts';
import type { AdoptWorld } from '../../controller/adopt/adopt-world.ts';
import { nothingTaken } from '../../controller/adopt/adopted-item.ts';
import { gatewayEntries } from '../../controller/adopt/gateway-entries.ts';
import { takeAll } from '../../controller/adopt/take-all.ts';
import { adoptTargets } from '../../controller/adopt/targets/index.ts';
import { DeniedError, RejectedError, UnavailableError } from '../../controller/model/errors.ts';
import type { JsonObject } from '../../controller/model/json.ts';

const signal = AbortSignal.timeout(10_000);
const world: AdoptWorld = {
  namespaces: [],
  kvPrefixes: [],
  compareJob: () => [],
  parse: async () => undefined,
};

const failing = (error: Error): AdoptTarget => ({
  title: 'things',
  needs: 'the right to see them',
  isAsked: () => true,
  take: async () => {
    throw error;
  },
});
const fine: AdoptTarget = {
  ...failing(new Error()),
  take: async () => ({ ...nothingTaken, left: [{ what: 'one', reason: 'why' }] }),
};

test('what is denied is left behind with the right that it needs, and the rest goes on', async (t) => {
  const { left } = await takeAll([failing(new DeniedError('no')), fine], world, signal);
  t.deepEqual(left, [
    { what: 'all things', reason: 'no; the token needs the right to see them' },
    { what: 'one', reason: 'why' },
  ]);
});

test('what a system refuses for good is left behind in its words', async (t) => {
  const { left } = await takeAll([failing(new RejectedError('ACL support disabled'))], world, signal);
  t.deepEqual(left, [{ what: 'all things', reason: 'ACL support disabled' }]);
});

test('a system that does not answer ends the import: half a cluster is none', async (t) => {
  const error = new UnavailableError('gone');
  await t.throwsAsync(takeAll([fine, failing(error)], world, signal), { is: error });
});

test('a system that was not asked for is not looked at', async (t) => {
  t.deepEqual(await takeAll(adoptTargets, world, signal), nothingTaken);
});

test('what an object found here writes by itself gets no definition', async (t) => {
  const item = (unit: string) => ({ unit, what: `entry ${unit}`, form: 'entries', beside: [] });
  const entries: AdoptTarget = {
    ...fine,
    take: async () => ({ ...nothingTaken, items: [item('a'), item('b')] }),
  };
  const jobs: AdoptTarget = {
    ...fine,
    take: async () => ({ ...nothingTaken, keeps: [{ unit: 'b', by: 'job web' }] }),
  };
  const { items, left } = await takeAll([entries, jobs], world, signal);
  t.deepEqual(
    items.map(({ unit }) => unit),
    ['a'],
  );
  t.deepEqual(left, [{ what: 'entry b', reason: 'job web writes it by itself', unit: 'b' }]);
});

test('a job’s gateways are known by the entries that Nomad writes for them', (t) => {
  const service = (name: string, gateway: JsonObject | null): JsonObject => ({
    Name: name,
    Connect: { Gateway: gateway },
  });
  const services = [
    service('in', { Ingress: {} }),
    service('out', { Terminating: {} }),
    service('mesh', { Mesh: {} }),
    service('none', null),
  ];
  t.deepEqual(gatewayEntries({ TaskGroups: [{ Services: services }, { Services: null }] }), [
    'ingress-gateway/in',
    'terminating-gateway/out',
  ]);
});
