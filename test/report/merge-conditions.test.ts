import test from 'ava';
import type { Condition } from '../../controller/model/condition.ts';
import { mergeConditions } from '../../controller/report/merge-conditions.ts';

const ready = {
  type: 'Ready',
  status: 'True',
  reason: 'Converged',
  message: '3/3 servers',
  observedRevision: 'a',
} as const;

test('the same outcome twice gives the very same conditions', (t) => {
  const once = mergeConditions([], [ready], '2026-01-01T00:00:00.000Z');
  const twice = mergeConditions(once, [ready], '2026-01-02T00:00:00.000Z');
  t.deepEqual(twice, once);
});

test('the time moves with status or reason, not with the message', (t) => {
  const before = mergeConditions([], [ready], '2026-01-01T00:00:00.000Z');
  const told = mergeConditions(before, [{ ...ready, message: '2/3 servers' }], '2026-01-02T00:00:00.000Z');
  t.is(told[0]?.lastTransitionTime, '2026-01-01T00:00:00.000Z');
  const turned = mergeConditions(told, [{ ...ready, status: 'False' }], '2026-01-03T00:00:00.000Z');
  t.is(turned[0]?.lastTransitionTime, '2026-01-03T00:00:00.000Z');
});

test('conditions that an update does not name stay as they are', (t) => {
  const held: Condition = { ...ready, type: 'Held', lastTransitionTime: 'x' };
  t.deepEqual(
    mergeConditions([held], [ready], 'now').map((condition) => condition.type),
    ['Held', 'Ready'],
  );
});
