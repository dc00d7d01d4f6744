import type { TSchema } from 'typebox';
import type { Diagnostic } from '../model/diagnostic.ts';
import { isJsonObject } from '../model/json.ts';
import type { FieldPath, Resource } from '../model/resource.ts';
import { quantityKeyword } from './fields.ts';
import { finding } from './finding.ts';
import { kindCodes } from './kind-codes.ts';
import { durationMs, quantityReaders } from './quantity.ts';

/** Finds durations, sizes and frequencies that are none, wherever the schema says that a field is one. */
export function checkQuantities<S>(schema: TSchema, resource: Resource<S>): readonly Diagnostic[] {
  return walk(schema, resource.spec, ['spec'])
    .map(({ at, value, quantity }) => {
      const read = (quantityReaders[quantity] ?? durationMs)(value);
      return read.ok
        ? undefined
        : finding(resource, at, { entry: kindCodes.quantity, message: read.message, hint: read.hint });
    })
    .filter((diagnostic) => diagnostic !== undefined);
}

interface FoundQuantity {
  readonly at: FieldPath;
  readonly value: string;
  readonly quantity: string;
}

/** The quantities of a value, expressions left out: those are read once they are resolved. */
function walk(schema: unknown, value: unknown, at: FieldPath): readonly FoundQuantity[] {
  if (!isJsonObject(schema)) return [];
  const quantity = schema[quantityKeyword];
  if (typeof quantity === 'string') {
    return typeof value === 'string' && !value.includes('${{') ? [{ at, value, quantity }] : [];
  }
  const choices = schema['anyOf'];
  if (Array.isArray(choices)) return choices.flatMap((choice) => walk(choice, value, at));
  if (Array.isArray(value))
    return value.flatMap((item, index) => walk(schema['items'], item, [...at, index]));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, field]) =>
    walk(fieldSchema(schema, name), field, [...at, name]),
  );
}

function fieldSchema(schema: Readonly<Record<string, unknown>>, name: string): unknown {
  const properties = schema['properties'];
  if (isJsonObject(properties)) return properties[name];
  const patterns = schema['patternProperties'];
  return isJsonObject(patterns) ? Object.values(patterns)[0] : undefined;
}
