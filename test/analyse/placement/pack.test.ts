import test from 'ava';
import * as fc from 'fast-check';
import { capacityExcesses } from '../../../controller/analyse/placement/capacity-bounds.ts';
import type { FleetGroup } from '../../../controller/analyse/placement/fleet-placement.ts';
import { pack } from '../../../controller/analyse/placement/pack.ts';
import type { PlacementNode } from '../../../controller/analyse/placement/placement-node.ts';
import { portExcesses } from '../../../controller/analyse/placement/port-bounds.ts';
import { askOf, nodeOf } from './node.ts';

interface Wanted {
  readonly count?: number;
  readonly memory?: number;
  readonly port?: number;
  readonly type?: string;
}

function groupOf(id: string, wanted: Wanted, candidates: readonly PlacementNode[]): FleetGroup {
  const { count = 1, memory = 128, port, type = 'service' } = wanted;
  const networks = port === undefined ? [] : [{ ReservedPorts: [{ Label: 'p', Value: port }] }];
  const ask = askOf(
    { Count: count, Networks: networks },
    { ID: id, Type: type },
    { CPU: 1, MemoryMB: memory },
  );
  const place = { path: id, line: 1, column: 1, endLine: 1, endColumn: 1 };
  const resource = {
    kind: 'NomadJob',
    metadata: { name: id, labels: {}, annotations: {} },
    spec: {},
    path: id,
    locate: () => place,
  } as const;
  const fleetJob = { resource, namespace: 'default', id, job: {}, locate: () => place };
  return { fleetJob, ask, matches: [], matching: candidates, candidates, atMost: count };
}

const two = [nodeOf('c1'), nodeOf('c2')];

test('what fits in one order only is found', (t) => {
  const groups = [
    groupOf('a', { memory: 3000 }, two),
    groupOf('b', { memory: 5000 }, two),
    groupOf('c', { memory: 5000 }, two),
    groupOf('d', { memory: 3000 }, two),
  ];
  t.deepEqual(pack(groups)?.left, []);
});

test('sums that do not fit are named with the smallest set of clients', (t) => {
  const bound = groupOf('bound', { count: 2, memory: 5000 }, two.slice(0, 1));
  const free = groupOf('free', { memory: 100 }, two);
  const [excess, ...others] = capacityExcesses([free, bound]);
  t.deepEqual(others, []);
  t.deepEqual(
    [excess?.amount, excess?.wanted, excess?.offered, excess?.nodes.map(({ name }) => name)],
    ['memoryMiB', 10_000, 8192, ['c1']],
  );
});

test('a system job takes its port on every client', (t) => {
  const everywhere = groupOf('agent', { port: 80, type: 'system' }, two);
  const web = groupOf('web', { port: 80 }, two);
  t.is(portExcesses([everywhere, web])[0]?.wanted, 3);
  t.deepEqual(portExcesses([groupOf('api', { port: 80 }, two), web]), []);
});

test('with a host lost, one on each host that is left will do', (t) => {
  const spread = groupOf('web', { count: 2, port: 80 }, two);
  t.deepEqual(pack([spread], new Set(['c1']))?.left, []);
  t.deepEqual(pack([spread], new Set(['c1', 'c2']))?.left, [spread]);
});

const anyGroups = fc.array(
  fc.record({
    count: fc.integer({ min: 1, max: 3 }),
    memory: fc.integer({ min: 1, max: 9000 }),
    wide: fc.boolean(),
  }),
  { maxLength: 6 },
);

test('sums are too much only where nothing was found to fit', (t) => {
  fc.assert(
    fc.property(anyGroups, (wanted) => {
      const groups = wanted
        .filter(({ memory }) => memory <= 8192)
        .map((one, index) => groupOf(`j${index}`, one, one.wide ? two : two.slice(0, 1)));
      if (pack(groups)?.left.length === 0) t.deepEqual(capacityExcesses(groups), []);
    }),
  );
});

test('the order in which jobs are declared does not matter', (t) => {
  fc.assert(
    fc.property(anyGroups, (wanted) => {
      const groups = wanted.map((one, index) => groupOf(`j${index}`, { ...one, memory: 1000 + index }, two));
      t.is(pack(groups)?.left.length === 0, pack(groups.toReversed())?.left.length === 0);
    }),
  );
});

test('a fleet that is too large to try is not judged', (t) => {
  const many = Array.from({ length: 200 }, (_, index) => nodeOf(`c${index}`));
  t.is(pack([groupOf('web', { count: 20_001, memory: 1 }, many)]), undefined);
});
