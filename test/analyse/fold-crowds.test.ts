import test from 'ava';
import { foldCrowds } from '../../controller/analyse/fold-crowds.ts';
import type { Diagnostic } from '../../controller/model/diagnostic.ts';

function found(count: number, line = 1, code: Diagnostic['code'] = 'DRV0504'): readonly Diagnostic[] {
  return Array.from({ length: count }, (_, index) => ({
    code,
    severity: 'warning' as const,
    message: `server ${index + 1}`,
    span: { path: 'a.yaml', line, column: 1, endLine: line, endColumn: 2 },
  }));
}

const messages = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ message }) => message);

test('a crowd at one place is told once, with its number', (t) => {
  t.deepEqual(messages(foldCrowds(found(40))), ['server 1; the same for 39 more here']);
});

test('a few findings at one place are told one by one', (t) => {
  t.deepEqual(messages(foldCrowds(found(3))), ['server 1', 'server 2', 'server 3']);
});

test('places and codes are told apart', (t) => {
  const all = [...found(2), ...found(2, 2), ...found(2, 1, 'DRV0506')];
  t.is(foldCrowds(all).length, 6);
});

test('a crowd of equal findings is one finding, without a number', (t) => {
  const crowd = Array.from({ length: 9 }, () => found(1)).flat();
  t.deepEqual(messages(foldCrowds(crowd)), ['server 1']);
});
