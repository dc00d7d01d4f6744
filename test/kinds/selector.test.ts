import test from 'ava';
import { matchesSelector } from '../../controller/kinds/selector.ts';

const labels = { role: 'client', canary: 'true' };

test('an empty selector is everything, an absent one nothing', (t) => {
  t.true(matchesSelector({}, labels));
  t.true(matchesSelector({}, {}));
  t.false(matchesSelector(undefined, labels));
});

test('all labels must match', (t) => {
  t.true(matchesSelector({ matchLabels: { role: 'client', canary: 'true' } }, labels));
  t.false(matchesSelector({ matchLabels: { role: 'client', canary: 'false' } }, labels));
});

test('expressions mean what they mean in Kubernetes', (t) => {
  const holds = (key: string, operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist', values?: string[]) =>
    matchesSelector(
      { matchExpressions: [{ key, operator, ...(values === undefined ? {} : { values }) }] },
      labels,
    );
  t.true(holds('role', 'In', ['quorum', 'client']));
  t.false(holds('zone', 'In', ['a']));
  t.false(holds('role', 'NotIn', ['client']));
  t.true(holds('zone', 'NotIn', ['a']), 'a label that is not there is in no list');
  t.true(holds('role', 'Exists'));
  t.true(holds('zone', 'DoesNotExist'));
  t.false(holds('role', 'DoesNotExist'));
});
