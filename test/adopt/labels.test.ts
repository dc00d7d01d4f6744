import test from 'ava';
import * as fc from 'fast-check';
import { createLabels } from '../../controller/adopt/labels.ts';
import { isLabel } from '../../controller/model/resource.ts';

test('any names become labels, each only once', (t) => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 90 }), { maxLength: 30 }), (names) => {
      const labels = createLabels();
      const given = names.map(labels);
      return given.every(isLabel) && new Set(given).size === given.length;
    }),
  );
  t.pass();
});

test('what is a label stays, and the next one of the same is numbered', (t) => {
  const labels = createLabels();
  t.deepEqual(['web', 'Web', 'team/api', '__'].map(labels), ['web', 'web-2', 'team-api', 'unnamed']);
});
