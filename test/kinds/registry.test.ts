import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { Errors } from 'typebox/value';
import { parseAllDocuments } from 'yaml';
import { kinds } from '../../controller/kinds/index.ts';
import { kindCodes } from '../../controller/kinds/kind-codes.ts';
import { kebabName } from '../../scripts/generate/kind-names.ts';
import { findingsOf } from '../fakes/findings.ts';

const folder = join(import.meta.dirname, '../../controller/kinds');

for (const [name, kind] of kinds) {
  test(`the example of ${name} is what its schema says`, async (t) => {
    const text = await readFile(join(folder, kebabName(name), 'example.yaml'), 'utf8');
    const documents = parseAllDocuments(text).map((document) => document.toJS() as Example);
    t.true(documents.length > 0);
    for (const { kind: written, spec } of documents) {
      t.is(written, name);
      t.deepEqual(Errors(kind.schema, spec), []);
    }
  });
}

interface Example {
  readonly kind: string;
  readonly spec: unknown;
}

test('unknown fields are refused at every level', (t) => {
  for (const kind of kinds.values()) t.deepEqual(openObjects(kind.schema, kind.name), []);
});

test('codes are used once', (t) => {
  const codes = Object.values(kindCodes).map(({ code }) => code);
  t.deepEqual(codes, [...new Set(codes)]);
});

test('annotations of ours that mean nothing are findings, those of others are not', (t) => {
  const annotations = {
    'acme.example/x': 'y',
    'drover.dev/wave': '100',
    'drover.dev/prune': 'Keep',
    'drover.dev/protekt': 'true',
    'drover.dev/protect': 'true',
  };
  const found = findingsOf({ kind: 'NomadNamespace', name: 'shop', annotations, spec: {} });
  t.deepEqual(
    found.map((finding) => finding.split(':')[0]),
    ['wave', 'prune', 'protekt'].map((name) => `DRV0602 metadata.annotations.drover.dev/${name}`),
  );
});

/** Objects with named properties that would take others beside them. */
function openObjects(schema: unknown, path: string): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const node = schema as Readonly<Record<string, unknown>>;
  const isOpen = node['properties'] !== undefined && node['additionalProperties'] !== false;
  const inside = Object.entries(node).flatMap(([name, value]) => openObjects(value, `${path}.${name}`));
  return isOpen && node['type'] === 'object' ? [path, ...inside] : inside;
}
