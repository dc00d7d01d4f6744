import type { TSchema } from 'typebox';
import { Errors } from 'typebox/value';
import type { CodeEntry } from '../model/diagnostic-code.ts';
import { nearestWord } from '../model/nearest.ts';
import type { FieldPath } from '../model/resource.ts';
import { schemaCodes } from './compile-codes.ts';
import type { SchemaMismatch, SchemaNode } from './schema-node.ts';
import { allowedWords, isOfType, shapeWords, typeOfSchema, typeWords, valueWords } from './schema-words.ts';

interface Words {
  readonly entry: CodeEntry;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** Why this very value, and nothing inside it, breaks its schema. */
export function leafMismatch(schema: SchemaNode, value: unknown, at: FieldPath): SchemaMismatch {
  if (schema['not'] !== undefined) return neverGiven(schema, at);
  return { at, part: 'value', ...leafWords(schema, value) };
}

/** A field that stands in the schema only to be refused with a word of its own; its value may be what nobody should read. */
function neverGiven({ description }: SchemaNode, at: FieldPath): SchemaMismatch {
  const message = `nothing may be said in "${at.at(-1)}"`;
  return { entry: schemaCodes.constraint, at, part: 'key', message, hint: description };
}

function leafWords(schema: SchemaNode, value: unknown): Words {
  const isRightType = choicesOf(schema).some((choice) => {
    const type = typeOfSchema(choice);
    return type === undefined || isOfType(type, value);
  });
  const allowed = allowedWords(schema);
  if (allowed.length > 0) return wordOutOfList(allowed, value);
  return isRightType ? brokenRule(schema, value) : wrongType(schema, value);
}

/** The unit that is meant most often where none is written. */
const likelyUnits: Readonly<Record<string, string>> = { duration: 's', size: 'Mi', frequency: 'MHz' };

function choicesOf(schema: SchemaNode): readonly SchemaNode[] {
  return schema.anyOf ?? [schema];
}

function wordOutOfList(allowed: readonly string[], value: unknown): Words {
  const nearest = typeof value === 'string' ? nearestWord(value, allowed) : undefined;
  const expected = allowed.length === 1 ? `"${allowed[0]}"` : `one of ${allowed.join(', ')}`;
  return {
    entry: schemaCodes.value,
    message: `expected ${expected}, but found ${valueWords(value)}`,
    hint: nearest === undefined ? undefined : `did you mean "${nearest}"?`,
  };
}

function wrongType(schema: SchemaNode, value: unknown): Words {
  const message = `expected ${typeWords(schema)}, but found ${valueWords(value)}`;
  const quantity = choicesOf(schema).find((choice) => choice['x-drover-quantity'] !== undefined);
  if (quantity !== undefined && typeof value === 'number') {
    const unit = likelyUnits[String(quantity['x-drover-quantity'])] ?? 's';
    const hint = `write "${value}${unit}" if that is meant`;
    return { entry: schemaCodes.unit, message: `the number ${value} has no unit`, hint };
  }
  return { entry: schemaCodes.type, message, hint: typeHint(schema, value) };
}

function typeHint(schema: SchemaNode, value: unknown): string | undefined {
  const types = choicesOf(schema).map((choice) => typeOfSchema(choice));
  const number = typeof value === 'string' ? numberHint(types, value) : undefined;
  if (number !== undefined) return number;
  if (types.includes('string') && isScalar(value)) return `quote it: "${String(value)}"`;
  if (types.includes('array') && isScalar(value)) return `write a list: [${String(value)}]`;
  return [shapeHint(types, schema), schema.description].filter(Boolean).join('. ') || undefined;
}

/** A text where a number is wanted: quoted, or an expression that lacks a part of its form. */
function numberHint(types: readonly (string | undefined)[], text: string): string | undefined {
  if (!types.includes('integer') && !types.includes('number')) return undefined;
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return `write ${text} without quotes`;
  const inside = /^\$?\{\{?\s*([^{}\s][^{}]*?)\s*\}\}?$/.exec(text)?.[1];
  return inside === undefined ? undefined : `an expression is written "\${{ ${inside} }}"`;
}

function shapeHint(types: readonly (string | undefined)[], schema: SchemaNode): string | undefined {
  if (types.length !== 1) return undefined;
  const shape = shapeWords(schema);
  if (types[0] === 'object' && shape !== '{}') return `write a map: ${shape}`;
  return types[0] === 'integer' ? 'write a whole number, without quotes or unit' : undefined;
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** Bounds and patterns: the right type, but not a value that the field can take. */
function brokenRule(schema: SchemaNode, value: unknown): Words {
  const errors = Errors(schema as TSchema, value).filter((error) => error.keyword !== 'anyOf');
  const [error] = errors;
  if (error === undefined) return { entry: schemaCodes.constraint, message: 'the value is not allowed here' };
  const hint = schema.description ?? boundHint(error);
  const rule = error.keyword === 'pattern' ? `does not match ${String(error.params.pattern)}` : error.message;
  return { entry: schemaCodes.constraint, message: `${valueWords(value)} ${rule}`, hint };
}

/** What is left to write when the field says nothing of itself. */
function boundHint({ keyword, params }: { keyword: string; params: object }): string | undefined {
  const { limit } = params as { limit?: unknown };
  if (keyword === 'minimum') return `write ${String(limit)} or more`;
  return keyword === 'maximum' ? `write ${String(limit)} or less` : undefined;
}
