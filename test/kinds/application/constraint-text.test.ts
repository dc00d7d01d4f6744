import test from 'ava';
import * as fc from 'fast-check';
import { parseConstraint } from '../../../controller/kinds/application/constraint-text.ts';

const read: readonly [string, object][] = [
  ['attr.cpu.arch = amd64', { LTarget: '${attr.cpu.arch}', Operand: '=', RTarget: 'amd64' }],
  ['meta.rack=="a b"', { LTarget: '${meta.rack}', Operand: '=', RTarget: 'a b' }],
  ['${node.class} is not-small', { LTarget: '${node.class}', Operand: '=', RTarget: 'not-small' }],
  ['node.datacenter not dc2', { LTarget: '${node.datacenter}', Operand: '!=', RTarget: 'dc2' }],
  [
    'attr.nomad.version semver >= 1.8',
    { LTarget: '${attr.nomad.version}', Operand: 'semver', RTarget: '>= 1.8' },
  ],
  ['attr.cpu.numcores>=8', { LTarget: '${attr.cpu.numcores}', Operand: '>=', RTarget: '8' }],
  ['meta.x is_set', { LTarget: '${meta.x}', Operand: 'is_set' }],
  ['meta.x distinct_property 2', { LTarget: '${meta.x}', Operand: 'distinct_property', RTarget: '2' }],
  ['meta.x distinct_property', { LTarget: '${meta.x}', Operand: 'distinct_property' }],
];

for (const [text, constraint] of read) {
  test(`reads ${text}`, (t) => t.deepEqual(parseConstraint(text), { ok: true, constraint }));
}

for (const text of [
  '',
  'attr.x',
  'attr.x ~ y',
  'attr.x =',
  'meta.x is_set y',
  'arch = a',
  'distinct_hosts',
  '= x',
]) {
  test(`refuses "${text}"`, (t) => t.false(parseConstraint(text).ok));
}

test('any text is read or refused with words', (t) => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
      const parsed = parseConstraint(text);
      t.true(parsed.ok || (parsed.message !== '' && parsed.hint !== ''));
    }),
  );
});
