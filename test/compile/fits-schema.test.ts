import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import * as fc from 'fast-check';
import { Check } from 'typebox/value';
import { parseAllDocuments } from 'yaml';
import { fitsSchema } from '../../controller/compile/fits-schema.ts';
import { kinds } from '../../controller/kinds/index.ts';
import { kebabName } from '../../controller/kinds/kebab-name.ts';
import { isJsonObject } from '../../controller/model/json.ts';

const folder = path.resolve(import.meta.dirname, '../../controller/kinds');
type Place = readonly (string | number)[];

/** The specs of a kind's own example. */
async function exampleSpecs(kind: string): Promise<readonly unknown[]> {
  const text = await readFile(path.join(folder, kebabName(kind), 'example.yaml'), 'utf8');
  const documents = parseAllDocuments(text).map((document) => document.toJS() as Record<string, unknown>);
  return documents.filter((document) => document['kind'] === kind).map((document) => document['spec']);
}

function placesOf(value: unknown, at: Place = []): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([name, item]) => placesOf(item, [...at, name]))];
}

function replaced(value: unknown, [step, ...rest]: Place, by: unknown): unknown {
  if (step === undefined) return by;
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === Number(step) ? replaced(item, rest, by) : item));
  }
  if (!isJsonObject(value)) return by;
  return { ...value, [step]: replaced(value[step], rest, by) };
}

for (const [name, { schema }] of kinds) {
  test(`a ${name} fits the code of its schema exactly when it fits the schema`, async (t) => {
    const specs = await exampleSpecs(name);
    t.true(specs.length > 0);
    const changes = specs.flatMap((spec) => placesOf(spec).map((place) => ({ spec, place })));
    fc.assert(
      fc.property(fc.constantFrom(...changes), fc.jsonValue(), fc.string(), ({ spec, place }, value, key) => {
        const changed = [
          spec,
          value,
          replaced(spec, place, value),
          replaced(spec, [...place, key], value),
          replaced(spec, place, undefined),
        ];
        return changed.every((each) => fitsSchema(schema, each) === Check(schema, each));
      }),
    );
  });
}
