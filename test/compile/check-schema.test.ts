import test from 'ava';
import * as fc from 'fast-check';
import { type TSchema, Type } from 'typebox';
import { Check } from 'typebox/value';
import { checkSchema } from '../../controller/compile/check-schema.ts';

const schema = Type.Object(
  {
    name: Type.String({ description: 'The name.' }),
    mode: Type.Optional(Type.Enum(['Observe', 'Enforce'])),
    count: Type.Optional(Type.Integer({ minimum: 1, maximum: 9 })),
    tags: Type.Optional(Type.Array(Type.String(), { minItems: 1 })),
    files: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Union([
          Type.Literal('absent'),
          Type.Object(
            { content: Type.String(), mode: Type.Optional(Type.String({ pattern: '^0[0-7]{3}$' })) },
            { additionalProperties: false },
          ),
          Type.Object({ link: Type.String() }, { additionalProperties: false }),
        ]),
      ),
    ),
    free: Type.Optional(Type.Unknown()),
    value: Type.Optional(Type.Never({ description: 'Never: it does not belong into git.' })),
  },
  { additionalProperties: false },
);

function told(value: unknown, of: TSchema = schema) {
  return checkSchema(of, value, { at: ['spec'] }).map(
    ({ entry, at, part, message, hint }) =>
      `${entry.code} ${at.join('.')} ${part}: ${message} | ${hint ?? ''}`,
  );
}

test('a value that fits has no mismatch', (t) => {
  t.deepEqual(
    told({
      name: 'a',
      mode: 'Observe',
      count: 3,
      files: { '/a': 'absent', '/b': { link: '/c' } },
      free: [{}],
    }),
    [],
  );
});

test('each wrong field is told once, at its place, in plain words', (t) => {
  const value = {
    name: 1,
    mode: 'observe',
    count: 12,
    tags: [],
    files: { '/a': { content: 'x', mod: '0644' }, '/b': 'abscent' },
    extra: 1,
  };
  t.deepEqual(told(value), [
    'DRV0304 spec.extra key: there is no field "extra" here | known here: name, mode, count, tags, files, free',
    'DRV0305 spec.name value: expected a text, but found the number 1 | quote it: "1"',
    'DRV0306 spec.mode value: expected one of Observe, Enforce, but found the text "observe" | did you mean "Observe"?',
    'DRV0307 spec.count value: the number 12 must be <= 9 | write 9 or less',
    'DRV0307 spec.tags value: a list must not have fewer than 1 items | ',
    'DRV0304 spec.files./a.mod key: there is no field "mod" here | did you mean "mode"?',
    'DRV0306 spec.files./b value: expected "absent", but found the text "abscent" | did you mean "absent"?',
  ]);
});

test('a missing field is told at its owner', (t) => {
  t.deepEqual(told({}), [
    'DRV0303 spec key: "spec" lacks the field "name" (a text) | add `name: …`. The name.',
  ]);
});

test('a field that is only there to be refused never shows what was written', (t) => {
  const [found] = checkSchema(schema, { name: 'a', value: 'hunter2' }, { at: ['spec'] });
  t.like(found, { at: ['spec', 'value'], part: 'key', hint: 'Never: it does not belong into git.' });
  t.false(JSON.stringify(found).includes('hunter2'));
});

test('a misspelled field is not also missing', (t) => {
  t.deepEqual(told({ nmae: 'a' }), [
    'DRV0304 spec.nmae key: there is no field "nmae" here | did you mean "name"?',
  ]);
});

test('of several forms the nearest is explained', (t) => {
  t.deepEqual(told({ name: 'a', files: { '/a': { link: 3 } } }), [
    'DRV0305 spec.files./a.link value: expected a text, but found the number 3 | quote it: "3"',
  ]);
  t.deepEqual(told({ name: 'a', files: { '/a': 5 } }), [
    'DRV0305 spec.files./a value: expected "absent" or a map, but found the number 5 | quote it: "5"',
  ]);
});

test('fields that something was said of before are passed over', (t) => {
  const isKnown = (at: readonly (string | number)[]) => at.at(-1) === 'count';
  t.deepEqual(checkSchema(schema, { name: 'a', count: '${{ x }}' }, { at: ['spec'], isKnown }), []);
});

test('names of the prototype are unknown fields', (t) => {
  t.is(told({ name: 'a', constructor: 1, toString: 2 }).length, 2);
});

test('there is a mismatch exactly when the schema does not fit', (t) => {
  const value = fc.record(
    {
      name: fc.oneof(fc.string(), fc.integer()),
      mode: fc.oneof(fc.constantFrom('Observe', 'Enforce', 'x'), fc.boolean()),
      count: fc.oneof(fc.integer({ min: -2, max: 12 }), fc.double(), fc.string()),
      tags: fc.oneof(fc.array(fc.oneof(fc.string(), fc.integer()), { maxLength: 3 }), fc.string()),
      files: fc.dictionary(
        fc.string(),
        fc.oneof(
          fc.constant('absent'),
          fc.string(),
          fc.record({ content: fc.string(), mode: fc.string() }, { requiredKeys: [] }),
        ),
      ),
      other: fc.anything(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(value, fc.anything()), (any) => t.is(told(any).length > 0, !Check(schema, any))),
  );
});

test('a number that is quoted, or an expression without its form, is told how to be written', (t) => {
  t.deepEqual(told({ name: 'a', count: '8' }), [
    'DRV0305 spec.count value: expected a whole number, but found the text "8" | write 8 without quotes',
  ]);
  for (const text of ['{{ vars.n }}', '${ vars.n }']) {
    t.is(told({ name: 'a', count: text })[0]?.split(' | ')[1], 'an expression is written "${{ vars.n }}"');
  }
});
