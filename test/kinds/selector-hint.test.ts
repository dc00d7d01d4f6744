import test from 'ava';
import { selectorHint } from '../../controller/kinds/selector-hint.ts';

const labelled = [{ role: 'client', rack: 'a' }, { role: 'quorum' }];

test('a value near to one that servers have, or what they have, is what was meant', (t) => {
  t.is(selectorHint({ matchLabels: { role: 'clients' } }, labelled), 'did you mean "client"?');
  t.is(selectorHint({ matchLabels: { role: 'database' } }, labelled), 'servers have role: client, quorum');
});

test('a key that no server has is compared with those that they have', (t) => {
  t.is(selectorHint({ matchLabels: { rol: 'client' } }, labelled), 'did you mean "role"?');
  t.is(selectorHint({ matchLabels: { zone: 'x' } }, labelled), undefined);
});
