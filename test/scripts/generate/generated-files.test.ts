import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { parse } from 'yaml';
import { kinds } from '../../../controller/kinds/index.ts';
import { generatedFiles, repositoryRoot } from '../../../scripts/generate/generated-files.ts';
import { structuralProblems } from './structural-problems.ts';

const files = await generatedFiles();
const definitions = [...files].filter(([path]) => path.startsWith('crds/'));

test('crds/ and docs/kinds/ are as the schemas say', async (t) => {
  for (const [path, text] of files) {
    const written = await readFile(join(repositoryRoot, path), 'utf8').catch(() => '');
    t.true(written === text, `${path} is stale: run node scripts/generate/main.ts`);
  }
});

test('each kind has one CustomResourceDefinition', (t) => {
  t.is(definitions.length, kinds.size);
});

for (const [path, text] of definitions) {
  test(`${path} keeps the rules of structural schemas`, (t) => {
    const { spec } = parse(text);
    const [version] = spec.versions;
    t.deepEqual(structuralProblems(version.schema.openAPIV3Schema), []);
    t.deepEqual(
      version.additionalPrinterColumns.map(({ name }: { name: string }) => name),
      ['Ready', 'Reason', 'Age'],
    );
    t.is(
      version.schema.openAPIV3Schema.properties.status.properties.conditions['x-kubernetes-list-type'],
      'map',
    );
  });
}

test('a reader of YAML 1.1, as Kubernetes is one, reads the definitions as they are meant', (t) => {
  for (const [path, text] of definitions) t.deepEqual(parse(text, { version: '1.1' }), parse(text), path);
});

test('the rules see what is not structural', (t) => {
  const bad = {
    type: 'object',
    properties: {
      a: {},
      b: { $ref: '#/x' },
      c: { type: 'object', additionalProperties: false, properties: {} },
      d: { type: 'string', const: 'x' },
      e: { type: 'array' },
      f: { type: 'object', additionalProperties: { type: 'string' }, properties: { x: { type: 'string' } } },
    },
  };
  t.deepEqual(structuralProblems(bad), [
    '.a: no type',
    '.b: $ref',
    '.b: no type',
    '.c: additionalProperties: false',
    '.c: additionalProperties beside properties',
    '.d: const',
    '.e: no items',
    '.f: additionalProperties beside properties',
  ]);
});

test('every field of every kind has a description', (t) => {
  const silent = [...kinds.values()].flatMap((kind) => withoutDescription(kind.schema, kind.name));
  t.deepEqual(silent, []);
});

function withoutDescription(schema: unknown, path: string): readonly string[] {
  const node = schema as { properties?: Record<string, { description?: string }> };
  const inside = Object.entries(node.properties ?? {}).flatMap(([name, field]) => [
    ...(field.description === undefined ? [`${path}.${name}`] : []),
    ...withoutDescription(field, `${path}.${name}`),
  ]);
  const nested = ['items', 'anyOf', 'patternProperties'].flatMap((key) => {
    const value = (schema as Record<string, object | undefined>)[key];
    const children = value === undefined ? [] : key === 'items' ? [value] : Object.values(value);
    return children.flatMap((child) => withoutDescription(child, path));
  });
  return [...inside, ...nested];
}
