import test from 'ava';
import { compileProject } from '../../../controller/compile/compile-project.ts';
import { createFleet } from '../../../controller/compile/create-fleet.ts';
import type { JobPlace } from '../../../controller/kinds/kind.ts';
import type { JsonObject } from '../../../controller/model/json.ts';
import { sourceOf } from '../../compile/source-of.ts';
import { type FakeFleet, fakeFleet } from '../../fakes/fleet.ts';

function spanIn(fleet: Partial<FakeFleet>, spec: object, place: JobPlace) {
  const resource = { kind: 'NomadJob', name: 'web', namespace: 'shop', path: 'shop/web.yaml', spec } as const;
  const [job] = fakeFleet({ ...fleet, resources: [resource] }).jobs();
  return job?.locate(place);
}

const memory = { group: 'web', task: 'app', block: 'resources', attribute: 'memory' };
const parsed: JsonObject = { ID: 'web', TaskGroups: [{ Name: 'web', Tasks: [{ Name: 'app' }] }] };

test('a place of an HCL file is a line and column of that file', (t) => {
  const hcl = 'job "web" {\n group "web" {\n  task "app" {\n   resources { memory = 5 }\n  }\n }\n}\n';
  const fleet = { jobs: { 'NomadJob/shop/web': parsed }, files: { 'shop/web.nomad.hcl': hcl } };
  const span = spanIn(fleet, { hcl: { file: 'web.nomad.hcl' } }, memory);
  t.deepEqual(span, { path: 'shop/web.nomad.hcl', line: 4, column: 25, endLine: 4, endColumn: 26 });
});

test('a place of a job as JSON is a field of the definition', (t) => {
  const json = {
    Job: {
      TaskGroups: [
        { Name: 'db' },
        {
          Name: 'web',
          Networks: [{ DynamicPorts: [{ Label: 'a' }], ReservedPorts: [{ Label: 'b', Value: 80 }] }],
          Tasks: [{ Name: 'app', Resources: { MemoryMB: 5 }, Env: { PATH_X: 'y' } }],
        },
      ],
    },
  };
  const at = (place: JobPlace) => spanIn({}, { json }, place)?.path.replace(/^.*#spec\.json\.Job\./, '');
  t.is(at(memory), 'TaskGroups.1.Tasks.0.Resources.MemoryMB');
  t.is(
    at({ group: 'web', block: 'port', label: 'b', attribute: 'static' }),
    'TaskGroups.1.Networks.0.ReservedPorts.0.Value',
  );
  t.is(
    at({ group: 'web', task: 'app', block: 'env', attribute: 'PATH_X' }),
    'TaskGroups.1.Tasks.0.Env.PATH_X',
  );
  t.is(at({ group: 'db', block: 'volume', label: 'x' }), 'TaskGroups.0');
});

test('constraints are counted as the canonical job sorts them, and found where they are written', (t) => {
  const rule = (value: string) => ({ LTarget: '${node.class}', Operand: '=', RTarget: value });
  const json = { Constraints: [{ ...rule('z'), Weight: null }, rule('a')] };
  const at = (label: number) => spanIn({}, { json }, { block: 'constraint', label })?.path;
  t.is(at(0), 'shop/web.yaml#spec.json.Constraints.1');
  t.is(at(1), 'shop/web.yaml#spec.json.Constraints.0');
});

test('a place of an inline text is a line and column of the YAML file', (t) => {
  const project =
    'kind: Project\nmetadata: {name: a}\nspec: {environments: {e: {folders: [b], cluster: e}}}\n';
  const hcl = ['job "web" {', '  group "web" {', '    count = 3', '  }', '}'];
  const job = [
    'kind: NomadJob',
    'metadata: {name: web}',
    'spec:',
    '  hcl:',
    '    inline: |',
    ...hcl.map((line) => `      ${line}`),
  ].join('\n');
  const head = 'apiVersion: drover.dev/v1alpha1\n';
  const source = sourceOf({ 'drover.yaml': head + project, 'b/web.yaml': `${head}${job}\n` });
  const compiled = compileProject(source).environments.get('e');
  if (compiled === undefined) throw new Error('the project did not compile');
  const outcome = { ok: true as const, job: { ID: 'web', TaskGroups: [{ Name: 'web' }] } };
  const { fleet } = createFleet(compiled, source, new Map([['NomadJob/default/web', outcome]]));
  const span = fleet.jobs()[0]?.locate({ group: 'web', attribute: 'count' });
  t.deepEqual(span, { path: 'b/web.yaml', line: 9, column: 19, endLine: 9, endColumn: 20 });
});

const templated: JsonObject = { ID: 'web', TaskGroups: [{ Name: 'web', Tasks: [{ Name: 'app' }] }] };
const data = { group: 'web', task: 'app', block: 'template', label: 0, attribute: 'data' };
const inTask = (template: string) =>
  `job "web" {\n group "web" {\n  task "app" {\n   template {\n${template}\n   }\n  }\n }\n}\n`;

test('words of a heredoc are found in it', (t) => {
  const hcl = inTask(
    '    data = <<-T\n      key={{ with secret "kv/data/db" }}{{ .Data.data.key }}{{ end }}\n    T',
  );
  const fleet = { jobs: { 'NomadJob/shop/web': templated }, files: { 'shop/web.nomad.hcl': hcl } };
  const span = spanIn(fleet, { hcl: { file: 'web.nomad.hcl' } }, { ...data, words: ['kv/data/db', 'key'] });
  t.deepEqual(span, { path: 'shop/web.nomad.hcl', line: 6, column: 55, endLine: 6, endColumn: 58 });
});

test('words of a file that HCL reads are found in that file', (t) => {
  const files = {
    'shop/web.nomad.hcl': inTask('    data = file("a/b.tpl")'),
    'shop/a/b.tpl': 'x\n  {{ host }}\n',
  };
  const fleet = { jobs: { 'NomadJob/shop/web': templated }, files };
  const span = spanIn(fleet, { hcl: { file: 'web.nomad.hcl' } }, { ...data, words: ['{{ host }}'] });
  t.deepEqual(span, { path: 'shop/a/b.tpl', line: 2, column: 3, endLine: 2, endColumn: 13 });
});

test('words that do not stand there leave the place as it is', (t) => {
  const hcl = inTask('    data = local.text');
  const fleet = { jobs: { 'NomadJob/shop/web': templated }, files: { 'shop/web.nomad.hcl': hcl } };
  const span = spanIn(fleet, { hcl: { file: 'web.nomad.hcl' } }, { ...data, words: ['kv/data/db'] });
  t.deepEqual(span, { path: 'shop/web.nomad.hcl', line: 5, column: 12, endLine: 5, endColumn: 22 });
});
