import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { Compile } from 'typebox/schema';
import { parseAllDocuments } from 'yaml';
import { editorSchemas } from '../../controller/edit/editor-schema.ts';
import { kinds } from '../../controller/kinds/index.ts';
import { kebabName } from '../../controller/kinds/kebab-name.ts';
import type { JsonObject } from '../../controller/model/json.ts';
import { readTwin } from '../compile/read-case.ts';
import { exampleOf } from './kind-examples.ts';

const all = [...kinds.values()];
const schemas = editorSchemas(all);

function schemaOf(file: string): JsonObject {
  const schema = schemas.get(file);
  if (schema === undefined) throw new Error(`there is no ${file}`);
  return schema;
}

const checkAll = Compile(schemaOf('all.json'));

const documentsOf = (text: string) => parseAllDocuments(text).map((document): unknown => document.toJSON());

function isValid(text: string): boolean {
  return documentsOf(text).every((value) => checkAll.Check(value));
}

const server = (spec: string, annotations = '') => `apiVersion: drover.dev/v1alpha1
kind: Server
metadata: {name: web-1${annotations === '' ? '' : `, annotations: {${annotations}}`}}
spec: ${spec}
`;

const sound = '{class: {cores: 2, memory: 1Gi}, interfaces: {lan: {address: 10.0.0.1}}}';

for (const kind of all) {
  test(`the example of ${kind.name} is valid by the kind's schema and by that of all`, async (t) => {
    const own = Compile(schemaOf(`${kebabName(kind.name)}.json`));
    for (const value of documentsOf(await exampleOf(kind.name))) {
      t.deepEqual(checkAll.Errors(value)[1], []);
      if ((value as JsonObject)['kind'] === kind.name) t.true(own.Check(value));
    }
  });
}

test('what the compiler refuses in a document is not valid for editors either', (t) => {
  t.true(isValid(server(sound)));
  t.false(isValid(server(sound).replace('kind: Server', 'kind: Servr')));
  t.false(isValid(server(sound).replace('v1alpha1', 'v1')));
  t.false(isValid(server(sound).replace('interfaces', 'interfacs')));
  t.false(isValid(server('{interfaces: {lan: {}}}')));
  t.false(isValid(server(sound.replace('{class', '{state: Actve, class'))));
  t.false(isValid(server(sound).replace('name: web-1', 'name: web-1, namespace: shop')));
  t.false(isValid(server(sound).replace('web-1', 'Web_1')));
});

test('an expression stands wherever a number, a word of a list, or a boolean is wanted', (t) => {
  t.true(isValid(server(sound.replace('cores: 2', 'cores: "${{ vars.cores }}"'))));
  t.true(isValid(server(sound.replace('{class', '{state: "${{ vars.state }}", class'))));
  t.false(isValid(server(sound.replace('cores: 2', 'cores: two'))));
});

test('a patch may leave out what must be there, and take fields away', (t) => {
  t.false(isValid(server('{interfaces: {lan: {mac: null}}}')));
  t.true(isValid(server('{failureDomain: null, interfaces: {lan: {mac: null}}}', 'drover.dev/patch: merge')));
  t.false(isValid(server('{failureDomian: null}', 'drover.dev/patch: merge')));
});

test('a member of a group takes away what its template says, and the group itself takes nothing away', (t) => {
  const group = (servers: string) => `apiVersion: drover.dev/v1alpha1
kind: ServerGroup
metadata: {name: clients}
spec: {template: {spec: {class: cx32}}, servers: ${servers}}
`;
  t.true(
    isValid(group('{c1: {failureDomain: null, class: null, volumes: {journal: null, data: {size: null}}}}')),
  );
  t.false(isValid(group('{c1: {taints: [null]}}')));
  t.false(isValid(group('{c1: null}')));
  t.false(isValid(group('{c1: {failureDomian: null}}')));
});

test('annotations of Drover that mean nothing are marked', (t) => {
  t.false(isValid(server(sound, 'drover.dev/prune: Never')));
  t.true(isValid(server(sound, 'example.org/owner: me')));
});

test('every field that is documented has its words in the editor', (t) => {
  const fields = JSON.stringify(schemaOf('server.json'));
  t.true(fields.includes('drover explain Server.interfaces.NAME.address'));
  t.true(fields.includes('Default: `\\"Active\\"`'));
});

test('no condition asks for a kind by a `const`, whose beginning is enough for an editor', (t) => {
  const conditions = (schemaOf('all.json')['allOf'] as JsonObject[]).map(
    (branch) => branch['if'] as JsonObject,
  );
  t.is(conditions.length, kinds.size);
  for (const { name } of all) {
    const matching = conditions.filter((condition) => Compile(condition).Check({ kind: name }));
    t.is(matching.length, 1, name);
  }
  t.false(JSON.stringify(conditions).includes('"const"'));
});

test('each kind says in the list of kinds what it is', (t) => {
  const { kind } = schemaOf('all.json')['properties'] as Record<string, { [words: string]: unknown[] }>;
  t.is(kind?.['markdownEnumDescriptions']?.length, kinds.size);
  t.false(kind?.['markdownEnumDescriptions']?.includes(''));
});

test('no editor marks anything in a fleet in which nothing is found', (t) => {
  const folder = (kind: string, name: string) => join(import.meta.dirname, '..', kind, name);
  const names = readdirSync(folder('good', ''));
  const marked = names.flatMap((name) =>
    readTwin(folder('bad', name), folder('good', name))
      .files.filter(({ path }) => /\.ya?ml$/.test(path))
      .flatMap(({ path, bytes }) =>
        documentsOf(Buffer.from(bytes).toString()).map((value) => ({ path, value })),
      )
      .filter(({ value }) => (value as JsonObject | null)?.['apiVersion'] === 'drover.dev/v1alpha1')
      .flatMap(({ path, value }) => (checkAll.Check(value) ? [] : [`${name}/${path}`])),
  );
  t.true(names.length > 300);
  t.deepEqual(marked, []);
});
