import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { kinds } from '../../controller/kinds/index.ts';
import { ownEnvironment, ownFolder, runDrover, smallFleet } from './run-drover.ts';

const layered = {
  'drover.yaml': `apiVersion: drover.dev/v1alpha1
kind: Project
metadata: {name: acme}
spec:
  environments:
    dev: {folders: [base, dev], cluster: dev, vars: {motd: hello}}
    prod: {folders: [base], cluster: prod, vars: {motd: welcome}}
`,
  'base/key.yaml': `apiVersion: drover.dev/v1alpha1
kind: ConsulKey
metadata: {name: motd, labels: {example.org/team: shop}}
spec:
  key: shop/motd
  value: "\${{ vars.motd }}"
`,
  'dev/key.yaml': `apiVersion: drover.dev/v1alpha1
kind: ConsulKey
metadata: {name: motd, annotations: {drover.dev/patch: merge}}
spec: {value: "dev says \${{ vars.motd }}"}
`,
};

const where = async (cwd: string, ...args: string[]) => runDrover(['explain', '--where', ...args], { cwd });

test('explain --where prints each layer with file and line, and what comes of it', async (t) => {
  const cwd = await ownFolder(t, layered);
  const { out, exitCode } = await where(cwd, 'kv/motd.value');
  t.is(exitCode, 0);
  t.is(
    out,
    `dev: ConsulKey/motd spec.value
  base/key.yaml:6  \${{ vars.motd }}
  dev/key.yaml:4  dev says \${{ vars.motd }}   <- wins
  = dev says hello

prod: ConsulKey/motd spec.value
  base/key.yaml:6  \${{ vars.motd }}
  = welcome
`,
  );
});

test('explain --where tells one environment alone when asked to', async (t) => {
  const cwd = await ownFolder(t, layered);
  const { out } = await where(cwd, 'ConsulKey/motd.key', '--environment', 'dev');
  t.is(out, 'dev: ConsulKey/motd spec.key\n  base/key.yaml:5  shop/motd\n  = shop/motd\n');
});

test('keys with dots are found as they are, or in quotes', async (t) => {
  const cwd = await ownFolder(t, layered);
  for (const field of ['metadata.labels.example.org/team', 'metadata.labels."example.org/team"']) {
    const { out } = await where(cwd, `kv/motd.${field}`, '--environment', 'prod');
    t.is(out, 'prod: ConsulKey/motd metadata.labels."example.org/team"\n  base/key.yaml:3  shop\n  = shop\n');
  }
});

test('a layer that takes a field away is told', async (t) => {
  const cwd = await ownFolder(t, {
    ...layered,
    'dev/key.yaml':
      'apiVersion: drover.dev/v1alpha1\nkind: ConsulKey\nmetadata: {name: motd, annotations: {drover.dev/patch: merge}}\nspec: {value: null}\n',
  });
  const { out } = await where(cwd, 'kv/motd.value', '--environment', 'dev');
  t.regex(out, /dev\/key\.yaml:4 {2}takes it away/);
});

test('what nobody declares, and what is no question, is said with a hint', async (t) => {
  const cwd = await ownFolder(t, layered);
  const unknown = await where(cwd, 'kv/motdd.value');
  t.is(unknown.exitCode, 2);
  t.regex(unknown.err, /nothing declares ConsulKey motdd[\s\S]*did you mean "motd"/);
  t.regex((await where(cwd, 'motd')).err, /kind\/\[namespace\/\]name\.field/);
  t.regex((await where(cwd, 'kv/motd.value', '--environment', 'test')).err, /dev, prod/);
});

test('explain tells kinds, fields, and what was probably meant', async (t) => {
  t.regex((await runDrover(['explain'])).out, /^ConsulKey +\S/m);
  t.regex((await runDrover(['explain', 'consulkey.value'])).out, /FIELD {5}value </);
  const wrong = await runDrover(['explain', 'ConsulKey.valu']);
  t.is(wrong.exitCode, 2);
  t.regex(wrong.err, /did you mean "value"/);
  t.regex((await runDrover(['explain', 'ConsulKy'])).err, /Did you mean ConsulKey\?/);
});

test('schema writes one file for all kinds and one for each, or prints that of a kind', async (t) => {
  const cwd = await ownFolder(t);
  t.is((await runDrover(['schema'], { cwd })).exitCode, 0);
  const files = await readdir(path.join(cwd, '.drover/schema'));
  t.is(files.length, kinds.size + 1);
  t.true(files.includes('all.json') && files.includes('project.json'));
  const { out } = await runDrover(['schema', 'server'], { cwd });
  t.is((JSON.parse(out) as { title: string }).title, 'Server');
});

test('new prints a definition that validates once its field says what is wanted', async (t) => {
  const cwd = await ownFolder(t, layered);
  const made = await runDrover(['new', 'ConsulKey', 'flags', '--out', 'base/flags.yaml'], { cwd });
  t.is(made.exitCode, 0, made.err);
  t.is((await runDrover(['validate', '--strict'], { cwd, env: await ownEnvironment(t) })).exitCode, 0);
  const again = await runDrover(['new', 'ConsulKey', 'flags', '--out', 'base/flags.yaml'], { cwd });
  t.is(again.exitCode, 2);
  t.regex(again.err, /exists already/);
});

test('new makes the folder of its file, and says why a file can not be written', async (t) => {
  const cwd = await ownFolder(t, layered);
  const made = await runDrover(['new', 'Server', 'web-1', '--out', 'dev/a/b/web-1.yaml'], { cwd });
  t.is(made.exitCode, 0, made.err);
  const below = await runDrover(['new', 'Server', 'web-1', '--out', 'drover.yaml/x/web-1.yaml'], { cwd });
  t.is(below.exitCode, 2);
  t.regex(below.err, /web-1\.yaml can't be written: ENOTDIR/);
});

test('new takes a namespace before the name where there is one, and refuses what can be no name', async (t) => {
  const { out } = await runDrover(['new', 'Application', 'teams/web']);
  t.regex(out, /^ {2}name: web\n {2}namespace: teams$/m);
  for (const [kind, name] of [
    ['Server', 'dc/web-1'],
    ['Application', 'a/b/c'],
    ['ConsulKey', 'Flags'],
  ] as const) {
    const refused = await runDrover(['new', kind, name]);
    t.is(refused.exitCode, 2);
    t.regex(refused.err, new RegExp(`an? ${kind} can't be called ${name}`));
  }
});

test('fmt formats definitions and nothing else, and --check only says which', async (t) => {
  const messy =
    'kind: ConsulKey\napiVersion: drover.dev/v1alpha1\nmetadata:   {name: a}\nspec: {key: a, value: b}\n';
  const files = {
    ...smallFleet,
    'base/messy.yaml': messy,
    'base/vector.yaml': 'sources:    {journal: 1}\n',
    'base/web.nomad.hcl': 'job "web"   {}\n',
  };
  const cwd = await ownFolder(t, files);
  const checked = await runDrover(['fmt', '--check'], { cwd });
  t.is(checked.exitCode, 1);
  t.true(checked.out.includes('base/messy.yaml\n'));
  t.is(await readFile(path.join(cwd, 'base/messy.yaml'), 'utf8'), messy);
  t.is((await runDrover(['fmt'], { cwd })).exitCode, 0);
  t.regex(await readFile(path.join(cwd, 'base/messy.yaml'), 'utf8'), /^apiVersion/);
  for (const name of ['base/vector.yaml', 'base/web.nomad.hcl'] as const) {
    t.is(await readFile(path.join(cwd, name), 'utf8'), files[name]);
  }
  t.is((await runDrover(['fmt', '--check'], { cwd })).exitCode, 0);
});

test('fmt leaves a file with a mistake alone and says so', async (t) => {
  const cwd = await ownFolder(t, { 'a.yaml': 'apiVersion: drover.dev/v1alpha1\nkind: {a: [}\n' });
  const run = await runDrover(['fmt'], { cwd });
  t.is(run.exitCode, 1);
  t.regex(run.err, /a\.yaml: left as it is: it is not YAML/);
});

test('init writes the schemas that its files name', async (t) => {
  const cwd = await ownFolder(t);
  t.is((await runDrover(['init', 'fleet'], { cwd })).exitCode, 0);
  const text = await readFile(path.join(cwd, 'fleet/drover.yaml'), 'utf8');
  const file = /\$schema=(\S+)/.exec(text)?.[1] ?? '';
  t.true((await readdir(path.dirname(path.join(cwd, 'fleet', file)))).includes(path.basename(file)));
});

test('in a repository with schemas, new names the one for its folder', async (t) => {
  const cwd = await ownFolder(t);
  await runDrover(['init', '.'], { cwd });
  await runDrover(['new', 'ConsulKey', 'flags', '--out', 'environments/dev/flags.yaml'], { cwd });
  const text = await readFile(path.join(cwd, 'environments/dev/flags.yaml'), 'utf8');
  t.is(text.split('\n')[0], '# yaml-language-server: $schema=../../.drover/schema/all.json');
});

test('what init writes is formatted', async (t) => {
  const cwd = await ownFolder(t);
  await runDrover(['init', '.'], { cwd });
  t.is((await runDrover(['fmt', '--check'], { cwd })).exitCode, 0);
});

test('explain tells what a finding is by its code, in small letters too', async (t) => {
  const { exitCode, out } = await runDrover(['explain', 'drv0551']);
  t.is(exitCode, 0);
  t.regex(out, /^CODE {6}DRV0551, error\n\nMore allocations than there is room for\.\n/);
  t.regex(out, /^What to do: lower the count/m);
  const unknown = await runDrover(['explain', 'DRV0000']);
  t.is(unknown.exitCode, 2);
  t.regex(unknown.err, /docs\/diagnostics\.md/);
});

test('explain finds a field that was looked for in the wrong map, or under another system’s name', async (t) => {
  t.regex(
    (await runDrover(['explain', 'Application.health.path'])).err,
    /did you mean "health\.http\.path"\?/,
  );
  t.regex((await runDrover(['explain', 'Application.cpu'])).err, /did you mean "resources\.cpu"\?/);
  t.regex((await runDrover(['explain', 'Application.replicas'])).err, /here that is "count"/);
});

test('explain --where of a field that the kind does not have says so, and which one was meant', async (t) => {
  const cwd = await ownFolder(t, smallFleet);
  const wrong = await where(cwd, 'kv/flags.valeu');
  t.is(wrong.exitCode, 2);
  t.regex(wrong.err, /ConsulKey has no field valeu\n.*did you mean "value"\?/);
  t.is((await where(cwd, 'kv/flags.file')).exitCode, 0);
  t.is((await where(cwd, 'job/web.json.Meta.owner')).exitCode, 0);
});

test('explain --where names the namespace that was left out', async (t) => {
  const cwd = await ownFolder(t, {
    ...smallFleet,
    'base/app.yaml': `apiVersion: drover.dev/v1alpha1
kind: Application
metadata: {name: api, namespace: shop}
spec: {image: "x:1", resources: {cpu: 100, memory: 1Gi}}
`,
  });
  t.regex((await where(cwd, 'app/api.count')).err, /did you mean "Application\/shop\/api"\?/);
});

test('a folder inside a project is no project, and is told where that is', async (t) => {
  const cwd = await ownFolder(t, smallFleet);
  const env = await ownEnvironment(t);
  const inside = path.join(cwd, 'base');
  const hint = `drover.yaml above this folder is in ${cwd}:`;
  for (const args of [
    ['validate'],
    ['plan', '--environment', 'prod'],
    ['explain', '--where', 'kv/flags.value'],
  ]) {
    const { exitCode, err } = await runDrover(args, { cwd: inside, env });
    t.is(exitCode, 1, args.join(' '));
    t.true(err.includes(hint), err);
  }
  const alone = await runDrover(['validate'], { cwd: await ownFolder(t, { 'a.yaml': '' }), env });
  t.regex(alone.err, /A definitions repository has a drover\.yaml/);
});
