import test from 'ava';
import { parseFailure } from '../../../controller/adapters/nomad/parse-failure.ts';

test('the first message is told with its place, and not how many others there are', (t) => {
  const said =
    'Error getting job struct: web.hcl:24,72-79: Unsupported attribute; This object does not have an attribute named "domian"., and 1 other diagnostic(s)';
  t.deepEqual(parseFailure(said, 'web.hcl'), {
    ok: false,
    message: 'Unsupported attribute: This object does not have an attribute named "domian".',
    line: 24,
    column: 72,
  });
});

test('a refusal without words is one still', (t) => {
  t.like(parseFailure('\n', 'web.hcl'), { ok: false, line: 1, column: 1 });
});
