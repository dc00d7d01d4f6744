import type { TSchema } from 'typebox';
import { Check } from 'typebox/value';
import { isJsonObject } from '../model/json.ts';
import { didYouMean, nearestWord } from '../model/nearest.ts';
import type { FieldPath } from '../model/resource.ts';
import { leafMismatch } from './check-leaf.ts';
import { schemaCodes } from './compile-codes.ts';
import { fitsSchema } from './fits-schema.ts';
import { fieldElsewhere } from './misplaced-field.ts';
import { fieldForWord } from './other-words.ts';
import type { SchemaMismatch, SchemaNode } from './schema-node.ts';
import { isOfType, shapeWords, typeOfSchema, typeWords } from './schema-words.ts';

/** More mismatches than this of one document are not told: it is another kind of file. */
const maxMismatches = 50;

/**
 * Every field of a value that breaks the schema, each once and none that only follows from another. Fields for which
 * `isKnown` holds are passed over: something was said of them before.
 */
export function checkSchema(
  schema: TSchema,
  value: unknown,
  request: { readonly at: FieldPath; readonly isKnown?: (path: FieldPath) => boolean },
): readonly SchemaMismatch[] {
  if (fitsSchema(schema, value)) return [];
  const { at, isKnown = () => false } = request;
  return walk(schema as SchemaNode, value, at)
    .filter((mismatch) => !isKnown(mismatch.at))
    .slice(0, maxMismatches)
    .map((mismatch) => withPlace(schema as SchemaNode, at, mismatch));
}

/** A field that is known elsewhere is shown its place; where that says nothing, what is known here. */
function withPlace(
  root: SchemaNode,
  base: FieldPath,
  { otherwise, ...mismatch }: SchemaMismatch,
): SchemaMismatch {
  if (mismatch.entry !== schemaCodes.unknownField || mismatch.hint !== undefined) return mismatch;
  const name = String(mismatch.at.at(-1));
  const inside = mismatch.at.slice(base.length, -1);
  return { ...mismatch, hint: fieldElsewhere(root, { base, inside }, name) ?? otherwise };
}

function walk(schema: SchemaNode, value: unknown, at: FieldPath): readonly SchemaMismatch[] {
  if (Check(schema as TSchema, value)) return [];
  if (schema.anyOf !== undefined) return walkChoices(schema.anyOf, value, at);
  const type = typeOfSchema(schema);
  if (type !== undefined && !isOfType(type, value)) return [leafMismatch(schema, value, at)];
  if (isJsonObject(value)) return walkObject(schema, value, at);
  if (Array.isArray(value)) return walkList(schema, value, at);
  return [leafMismatch(schema, value, at)];
}

/** Of several forms the one of the value's own type counts; among objects the one with the fewest mismatches. */
function walkChoices(
  choices: readonly SchemaNode[],
  value: unknown,
  at: FieldPath,
): readonly SchemaMismatch[] {
  const sameType = choices.filter((choice) => {
    const type = typeOfSchema(choice);
    return type === undefined || isOfType(type, value);
  });
  if (sameType.length === 0) return [leafMismatch({ anyOf: choices }, value, at)];
  if (typeof value !== 'object' || value === null) return [leafMismatch({ anyOf: sameType }, value, at)];
  return sameType
    .map((choice) => walk(choice, value, at))
    .reduce((best, found) => (found.length < best.length ? found : best));
}

function walkList(schema: SchemaNode, value: readonly unknown[], at: FieldPath): readonly SchemaMismatch[] {
  const { items } = schema;
  const inside = items === undefined ? [] : value.flatMap((item, index) => walk(items, item, [...at, index]));
  return inside.length > 0 ? inside : [leafMismatch(schema, value, at)];
}

function walkObject(
  schema: SchemaNode,
  value: Readonly<Record<string, unknown>>,
  at: FieldPath,
): readonly SchemaMismatch[] {
  const unknown = Object.keys(value).filter((name) => fieldOf(schema, name) === undefined);
  const absent = (schema.required ?? []).filter((name) => !Object.hasOwn(value, name));
  // A misspelled field is not also reported as missing.
  const missing = absent.filter((name) => !unknown.some((other) => nearestWord(other, absent) === name));
  const inside = Object.entries(value).flatMap(([name, item]) => {
    const field = fieldOf(schema, name);
    return field === undefined ? [] : walk(field, item, [...at, name]);
  });
  const found = [
    ...missing.map((name) => missingField(schema, name, at)),
    ...unknown.map((name) => unknownField(schema, name, at)),
    ...inside,
  ];
  return found.length > 0 ? found : [leafMismatch(schema, value, at)];
}

/** The schema of a field by name; `undefined` when there may be no such field. */
export function fieldOf(schema: SchemaNode, name: string): SchemaNode | undefined {
  if (schema.properties !== undefined && Object.hasOwn(schema.properties, name))
    return schema.properties[name];
  for (const [pattern, field] of Object.entries(schema.patternProperties ?? {})) {
    if (new RegExp(pattern, 'u').test(name)) return field;
  }
  const { additionalProperties } = schema;
  if (typeof additionalProperties === 'object') return additionalProperties;
  return additionalProperties === false || schema.patternProperties !== undefined ? undefined : {};
}

function missingField(schema: SchemaNode, name: string, at: FieldPath): SchemaMismatch {
  const field = fieldOf(schema, name) ?? {};
  const owner = at.at(-1);
  const where = owner === undefined ? 'the document' : `"${owner}"`;
  const hint = `add \`${name}: ${shapeWords(field)}\`${field.description === undefined ? '' : `. ${field.description}`}`;
  const message = `${where} lacks the field "${name}" (${typeWords(field)})`;
  return { entry: schemaCodes.missing, at, part: 'key', message, hint };
}

function unknownField(schema: SchemaNode, name: string, at: FieldPath): SchemaMismatch {
  const known = Object.entries(schema.properties ?? {}).flatMap(([field, { not }]) =>
    not === undefined ? [field] : [],
  );
  const listed = known.length > 0 && known.length <= 12 ? `known here: ${known.join(', ')}` : undefined;
  const message = `there is no field "${name}" here`;
  const merge =
    name === '<<' ? 'YAML 1.2 has no merge keys: write the fields out, or patch in a layer' : undefined;
  const meant = fieldForWord(name, new Set(known));
  const elsewhere = meant === undefined ? undefined : `here that is "${meant}"`;
  const hint = merge ?? elsewhere ?? didYouMean(name, known);
  return {
    entry: schemaCodes.unknownField,
    at: [...at, name],
    part: 'key',
    message,
    hint,
    otherwise: listed,
  };
}
