import test from 'ava';
import * as fc from 'fast-check';
import { meetsConstraint } from '../../../controller/analyse/placement/constraint.ts';
import type { Verdict } from '../../../controller/analyse/placement/verdict.ts';
import { nodeOf } from './node.ts';

const node = nodeOf('c1', {
  nodeClass: 'large',
  meta: { rack: 'a', slots: '9', version: '1.2.3', disks: 'ssd, nvme', empty: '' },
  attributes: { 'cpu.arch': 'amd64' },
});

function judge(left: string, operator: string, right = ''): Verdict {
  return meetsConstraint({ left, operator, right, place: {} }, node);
}

const cases: readonly (readonly [string, string, string, Verdict])[] = [
  ['${meta.rack}', '=', 'a', 'yes'],
  ['${meta.rack}', 'is', 'b', 'no'],
  ['${meta.rack}', '!=', 'b', 'yes'],
  ['${meta.nothing}', '!=', 'b', 'yes'],
  ['${meta.nothing}', '!=', '', 'no'],
  ['${meta.nothing}', '=', '', 'no'],
  ['${meta.empty}', 'is_set', '', 'yes'],
  ['${meta.nothing}', 'is_not_set', '', 'yes'],
  ['${meta.slots}', '<', '10', 'yes'],
  ['${meta.slots}', '>', '8.5', 'yes'],
  ['${meta.rack}', '<', '10', 'no'],
  ['${meta.slots}', '>=', 'nine', 'no'],
  ['${meta.version}', 'version', '>= 1.2, < 2', 'yes'],
  ['${meta.version}', 'version', '~> 1.1', 'yes'],
  ['${meta.version}', 'version', '~> 1.1.0', 'no'],
  ['${meta.version}', 'version', '>= 1.0.0-beta', 'unknown'],
  ['${meta.rack}', 'version', '> 1', 'no'],
  ['${meta.version}', 'semver', '> 1.2.2', 'yes'],
  ['${node.class}', 'regexp', '^(small|large)$', 'yes'],
  ['${node.class}', 'regexp', '(?i)LARGE', 'unknown'],
  ['${node.class}', 'regexp', '(l+)+$', 'unknown'],
  ['${meta.disks}', 'set_contains', 'nvme,ssd', 'yes'],
  ['${meta.disks}', 'set_contains', 'nvme,hdd', 'no'],
  ['${meta.disks}', 'set_contains_any', 'hdd, ssd', 'yes'],
  ['${attr.cpu.arch}', '=', 'arm64', 'no'],
  ['${attr.os.name}', '=', 'debian', 'unknown'],
  ['${attr.os.name}', 'is_set', '', 'unknown'],
  ['${node.unique.id}', '=', 'x', 'unknown'],
  ['${meta.connect.log_level}', '=', 'info', 'unknown'],
  ['meta.rack', '=', 'a', 'unknown'],
  ['${meta.rack}', 'like', 'a', 'unknown'],
];

for (const [left, operator, right, verdict] of cases) {
  test(`${left} ${operator} "${right}" is judged: ${verdict}`, (t) => {
    t.is(judge(left, operator, right), verdict);
  });
}

test('numbers are compared as numbers', (t) => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), (a, b) => {
      const own = nodeOf('c1', { meta: { n: String(a) } });
      const verdict = meetsConstraint({ left: '${meta.n}', operator: '<', right: String(b), place: {} }, own);
      t.is(verdict, a < b ? 'yes' : 'no');
    }),
  );
});

test('no pattern and no value takes long or throws', (t) => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 300 }), (pattern, value) => {
      const own = nodeOf('c1', { meta: { v: value } });
      meetsConstraint({ left: '${meta.v}', operator: 'regexp', right: pattern, place: {} }, own);
      meetsConstraint({ left: '${meta.v}', operator: 'version', right: pattern, place: {} }, own);
    }),
  );
  t.pass();
});
