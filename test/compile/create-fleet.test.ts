import test from 'ava';
import { compileProject } from '../../controller/compile/compile-project.ts';
import { createFleet, type HclOutcome } from '../../controller/compile/create-fleet.ts';
import { document, oneEnvironment, server } from './fleet-files.ts';
import { sourceOf } from './source-of.ts';

const hcl = 'job "web" {\n  group "g" {\n    count = two\n  }\n}\n';
const files = {
  'drover.yaml': oneEnvironment,
  'base/web.nomad.hcl': hcl,
  'base/inline.yaml': document(
    'NomadJob',
    'metadata: {name: inline}\nspec:\n  hcl:\n    inline: |\n      job "inline" {}\n',
  ),
  'base/servers.yaml': server('web-1', '10.0.0.1'),
  'base/motd.yaml': document(
    'MachineConfig',
    'metadata: {name: motd}\nspec:\n  selector: {}\n  files:\n    /etc/motd: {template: motd.tpl}\n    /etc/issue: {content: "on ${{ server.nam }}", template: true}\n',
  ),
  'base/motd.tpl': 'hello\nI am ${{ server.nmae }}\n',
  'demo/x': '',
};

function fleetOf(outcomes: Readonly<Record<string, HclOutcome>>) {
  const source = sourceOf(files);
  const compiled = compileProject(source).environments.get('demo');
  if (compiled === undefined) throw new Error('the environment did not compile');
  return createFleet(compiled, source, new Map(Object.entries(outcomes)));
}

const refused = { ok: false, message: 'no variable named "two"', line: 3, column: 13 } as const;

test('a fleet finds its resources by kind, name and namespace', (t) => {
  const { fleet } = fleetOf({});
  t.is(fleet.byKind('Server').length, 1);
  t.is(fleet.find('NomadJob', 'web')?.metadata.namespace, 'default');
  t.is(fleet.find('NomadJob', 'web', 'shop'), undefined);
  t.is(fleet.find('Server', 'web-1')?.metadata.name, 'web-1');
  t.is(new TextDecoder().decode(fleet.file('base/web.nomad.hcl')), hcl);
});

test('a job that Nomad refuses is left out, with a finding in its own file', (t) => {
  const { fleet, diagnostics } = fleetOf({ 'NomadJob/default/web': refused });
  t.is(fleet.find('NomadJob', 'web'), undefined);
  t.true(fleet.isBroken?.('NomadJob/default/web'));
  t.like(diagnostics[0], {
    code: 'DRV0323',
    environment: 'demo',
    message: 'no variable named "two"',
    span: { path: 'base/web.nomad.hcl', line: 3, column: 13, endLine: 3, endColumn: 16 },
  });
});

test('a refusal of an inline job is told at the text with its line', (t) => {
  const { diagnostics } = fleetOf({ 'NomadJob/default/inline': { ...refused, line: 1 } });
  t.like(diagnostics[0], { message: 'no variable named "two" (line 1 of the text)' });
  t.like(diagnostics[0]?.span, { path: 'base/inline.yaml', line: 6 });
});

test('a parsed job is kept by the id of its resource', (t) => {
  const { fleet, diagnostics } = fleetOf({ 'NomadJob/default/web': { ok: true, job: { ID: 'web' } } });
  t.deepEqual(diagnostics, []);
  t.deepEqual(fleet.parsedJob('NomadJob/default/web'), { ID: 'web' });
  t.is(fleet.parsedJob('NomadJob/default/inline'), undefined);
});

test('texts are expanded for one server', (t) => {
  const { fleet } = fleetOf({});
  const [at] = fleet.byKind('MachineConfig');
  t.truthy(at);
  if (at === undefined) return;
  const field = ['spec', 'files', '/etc/motd', 'template'];
  const { text, diagnostics } = fleet.expand('${{ server.name }} ${{ server.interfaces.lan.address }}', {
    server: 'web-1',
    at,
    field,
  });
  t.is(text, 'web-1 10.0.0.1');
  t.deepEqual(diagnostics, []);
});

test('a mistake in a template file is found at its place in that file', (t) => {
  const { fleet } = fleetOf({});
  const [at] = fleet.byKind('MachineConfig');
  t.truthy(at);
  if (at === undefined) return;
  const field = ['spec', 'files', '/etc/motd', 'template'];
  const [finding] = fleet.expand(files['base/motd.tpl'], { server: 'web-1', at, field }).diagnostics;
  t.like(finding, { code: 'DRV0402', environment: 'demo', hint: 'did you mean "name"?' });
  t.deepEqual(finding?.span, { path: 'base/motd.tpl', line: 2, column: 17, endLine: 2, endColumn: 21 });
});

test('a mistake in a text of the definition is found inside that text', (t) => {
  const { fleet } = fleetOf({});
  const [at] = fleet.byKind('MachineConfig');
  t.truthy(at);
  if (at === undefined) return;
  const field = ['spec', 'files', '/etc/issue', 'content'];
  const [finding] = fleet.expand('on ${{ server.nam }}', { server: 'web-1', at, field }).diagnostics;
  t.deepEqual(finding?.span, { path: 'base/motd.yaml', line: 8, column: 42, endLine: 8, endColumn: 45 });
});

const hintFor = (message: string, line: string) => {
  const source = sourceOf({ ...files, 'base/web.nomad.hcl': `${line}\njob "web" {}\n` });
  const compiled = compileProject(source).environments.get('demo');
  if (compiled === undefined) throw new Error('the environment did not compile');
  const outcome = { ok: false, message, line: 1, column: 1 } as const;
  const { diagnostics } = createFleet(compiled, source, new Map([[parsedJob, outcome]]));
  return diagnostics[0]?.hint;
};
const parsedJob = 'NomadJob/default/web';

test('where Nomad only names what it lacks, the hint says what to write', (t) => {
  t.is(
    hintFor('Unset variable "domain": A used variable must be set', 'variable "domain" {}'),
    'set domain in the environment’s vars or in spec.variables of the NomadJob, or give it a default',
  );
  t.is(
    hintFor('Unsupported attribute: This object does not have an attribute', 'locals { a = var.domian }'),
    'declare `variable "domian" {}`, or correct the name',
  );
  t.regex(
    hintFor('Missing key/value separator', '# ${{ vars.domain }}') ?? '',
    /^HCL has no \$\{\{ \}\}: declare/,
  );
  t.is(hintFor('Invalid expression', 'locals {}'), 'correct the job as Nomad says');
});
