import type { TSchema } from 'typebox';
import { Check } from 'typebox/value';
import { isJsonObject, type Json } from '../model/json.ts';
import { checkSchema, fieldOf } from './check-schema.ts';
import type { SchemaNode } from './schema-node.ts';
import { isOfType, typeOfSchema } from './schema-words.ts';

/**
 * What a value that breaks its schema says nevertheless: everything in it has the type of its schema, unknown fields are left
 * out, and what is missing or of another type is empty, or the first of its words. Nothing may be concluded from what it lacks.
 */
export function salvage(schema: SchemaNode, value: Json): Json {
  const fits: boolean = Check(schema as TSchema, value);
  if (fits) return value;
  if (schema.anyOf !== undefined) return salvage(likeliest(schema.anyOf, value), value);
  const type = typeOfSchema(schema);
  if (type !== undefined && !isOfType(type, value)) return empty(schema);
  if (schema.enum?.includes(value) === false) return empty(schema);
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined ? value : value.map((item: Json) => salvage(items, item));
  }
  if (!isJsonObject(value)) return value;
  const known = Object.entries(value).flatMap(([name, item]): [string, Json][] => {
    const field = fieldOf(schema, name);
    return field === undefined ? [] : [[name, salvage(field, item)]];
  });
  return { ...requiredFields(schema), ...Object.fromEntries(known) };
}

function likeliest(choices: readonly SchemaNode[], value: Json): SchemaNode {
  const [first = {}, ...others] = choices.filter((choice) => {
    const type = typeOfSchema(choice);
    return type === undefined || isOfType(type, value);
  });
  if (Object.keys(first).length === 0) return choices[0] ?? {};
  const mismatches = (choice: SchemaNode) => checkSchema(choice, value, { at: [] }).length;
  return others.reduce((best, choice) => (mismatches(choice) < mismatches(best) ? choice : best), first);
}

const empties: Readonly<Record<string, Json>> = {
  string: '',
  integer: 0,
  number: 0,
  boolean: false,
  array: [],
  null: null,
};

function empty(schema: SchemaNode): Json {
  if (schema.anyOf !== undefined) return empty(schema.anyOf[0] ?? {});
  const [word] = schema.enum ?? [];
  if (typeof word === 'string') return word;
  const type = typeOfSchema(schema) ?? 'object';
  return empties[type] ?? (type === 'object' ? requiredFields(schema) : null);
}

function requiredFields(schema: SchemaNode): Record<string, Json> {
  const { required = [] } = schema;
  return Object.fromEntries(required.map((name) => [name, empty(fieldOf(schema, name) ?? {})]));
}
