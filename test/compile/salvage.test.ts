import test from 'ava';
import * as fc from 'fast-check';
import { salvage } from '../../controller/compile/salvage.ts';
import type { SchemaNode } from '../../controller/compile/schema-node.ts';
import { isOfType, typeOfSchema } from '../../controller/compile/schema-words.ts';
import { kinds } from '../../controller/kinds/index.ts';
import { isJsonObject, type Json, type JsonObject } from '../../controller/model/json.ts';

const schemas = [...kinds.values()].map(({ schema }) => schema as SchemaNode);
const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;

/** Whether every part has the type that its schema says, bounds and patterns apart. */
function hasTypes(schema: SchemaNode, value: Json): boolean {
  if (schema.anyOf !== undefined) return schema.anyOf.some((choice) => hasTypes(choice, value));
  const type = typeOfSchema(schema);
  if (type !== undefined && !isOfType(type, value)) return false;
  if (Array.isArray(value)) return value.every((item: Json) => hasTypes(schema.items ?? {}, item));
  if (!isJsonObject(value)) return true;
  const properties = schema.properties ?? {};
  const hasAll = (schema.required ?? []).every((name) => Object.hasOwn(value, name));
  return (
    hasAll && Object.entries(value).every(([name, item]) => hasTypes(properties[name] ?? mapOf(schema), item))
  );
}

function mapOf({ patternProperties = {}, additionalProperties }: SchemaNode): SchemaNode {
  if (typeof additionalProperties === 'object') return additionalProperties;
  return Object.values(patternProperties)[0] ?? {};
}

/** A value for the schema in which anything may be wrong. */
function broken(schema: SchemaNode, depth = 0): fc.Arbitrary<Json> {
  if (depth > 4) return json;
  const choices = schema.anyOf ?? [schema];
  return fc.oneof(
    { arbitrary: json, weight: 1 },
    ...choices.map((choice) => ({ arbitrary: brokenOne(choice, depth), weight: 4 })),
  );
}

function brokenOne(schema: SchemaNode, depth: number): fc.Arbitrary<Json> {
  const type = typeOfSchema(schema);
  if (type === 'array') return fc.array(broken(schema.items ?? {}, depth + 1), { maxLength: 3 });
  if (type !== 'object') return json;
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => [
    name,
    broken(field, depth + 1),
  ]);
  if (fields.length === 0)
    return fc.dictionary(fc.string(), broken(mapOf(schema), depth + 1), { maxKeys: 3 });
  return fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<Json>>, {
    requiredKeys: [],
  }) as fc.Arbitrary<Json>;
}

test('what is salvaged has the types of its schema, and a second time changes nothing', (t) => {
  for (const schema of schemas) {
    fc.assert(
      fc.property(broken(schema), (value) => {
        const saved = salvage(schema, value);
        t.true(hasTypes(schema, saved));
        t.deepEqual(salvage(schema, saved), saved);
      }),
      { numRuns: 40 },
    );
  }
});

test('references can be read of whatever is salvaged', (t) => {
  for (const kind of kinds.values()) {
    fc.assert(
      fc.property(broken(kind.schema as SchemaNode), (value) => {
        const spec = salvage(kind.schema as SchemaNode, value) as JsonObject;
        const metadata = { name: 'x', labels: {}, annotations: {} };
        const span = { path: 'a.yaml', line: 1, column: 1, endLine: 1, endColumn: 1 };
        const resource = { kind: kind.name, metadata, spec, path: 'a.yaml', locate: () => span };
        kind.references?.(resource);
        t.pass();
      }),
      { numRuns: 40 },
    );
  }
});
