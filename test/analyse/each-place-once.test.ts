import test from 'ava';
import { eachPlaceOnce, foldAlike } from '../../controller/analyse/each-place-once.ts';
import type { Diagnostic } from '../../controller/model/diagnostic.ts';

function found(message: string, line: number): Diagnostic {
  const span = { path: 'a.yaml', line, column: 1, endLine: line, endColumn: 2 };
  return { code: 'DRV0550', severity: 'error', message, span };
}

test('of two findings at one place the first is told', (t) => {
  const all = [found('web', 1), found('web-migrate', 1), found('api', 2)];
  t.deepEqual(
    eachPlaceOnce(all).map(({ message }) => message),
    ['web', 'api'],
  );
});

test('one mistake is told at its first place, with the others beside it, each once', (t) => {
  const alike = (message: string, line: number) => ({
    key: 'role',
    finding: found(message, line),
    also: `${message} as well`,
  });
  const [only, ...others] = foldAlike([alike('web', 1), alike('web-migrate', 1), alike('api', 2)]);
  t.is(only?.message, 'web');
  t.deepEqual(
    only?.related?.map(({ message }) => message),
    ['api as well'],
  );
  t.deepEqual(others, []);
});
