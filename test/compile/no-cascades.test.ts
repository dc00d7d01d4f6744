import test from 'ava';
import { document, oneEnvironment } from './fleet-files.ts';
import { briefly, findingsOf } from './read-case.ts';
import { sourceOf } from './source-of.ts';

const written = (kind: string, metadata: string, spec: string) =>
  document(kind, `metadata: ${metadata}\nspec: ${spec}\n`);

/** All findings, without those that every fleet of these tests has. */
function briefFindings(files: Readonly<Record<string, string>>): readonly string[] {
  const found = findingsOf(sourceOf({ 'drover.yaml': oneEnvironment, 'base/x': '', 'demo/x': '', ...files }));
  return found.filter(({ code }) => code !== 'DRV0504').map((finding) => briefly(finding));
}

test('what a definition with errors mentions is told in the same run, as far as it can be read', (t) => {
  const application = (spec: string) => `apiVersion: drover.dev/v1alpha1\nkind: Application
metadata: {name: web}
spec:
  command: [/bin/web]
  resources: {memory: 32Mi}
  health: {exec: [/bin/true], interval: 10s, timeout: 2s}
${spec}`;
  const secret = '  secrets: {KEY: {secret: nobody, key: key}}\n';
  t.deepEqual(briefFindings({ 'demo/a.yaml': application(`  cuont: 2\n${secret}`) }), [
    'DRV0304 demo/a.yaml:8:3',
    'DRV0501 demo/a.yaml:9:27',
  ]);
  t.deepEqual(briefFindings({ 'demo/a.yaml': application(`  dependsOn: nobody\n${secret}`) }), [
    'DRV0305 demo/a.yaml:8:14',
    'DRV0501 demo/a.yaml:9:27',
  ]);
  t.deepEqual(briefFindings({ 'demo/a.yaml': application('  secrets: {KEY: {secret: 3, key: key}}\n') }), [
    'DRV0113 demo/a.yaml:8:27',
  ]);
  const lacking = application(secret).replace('  resources: {memory: 32Mi}\n', '');
  t.deepEqual(briefFindings({ 'demo/a.yaml': lacking }), [
    'DRV0303 demo/a.yaml:4:1',
    'DRV0501 demo/a.yaml:7:27',
  ]);
  const labelled = application(secret).replace('{name: web}', '{name: web, lables: {}}');
  t.deepEqual(briefFindings({ 'demo/a.yaml': labelled }), [
    'DRV0304 demo/a.yaml:3:23',
    'DRV0501 demo/a.yaml:8:27',
  ]);
});

test('nothing follows from a name that is no label, however it is meant', (t) => {
  const files = {
    'base/class.yaml': written('ServerClass', '{name: CX_32}', '{cores: 4, memory: 8Gi}'),
    'demo/a.yaml': written('Server', '{name: a}', '{class: cx-32, interfaces: {lan: {address: 10.0.0.1}}}'),
  };
  t.deepEqual(briefFindings(files), ['DRV0308 base/class.yaml:3:18']);
});

test('nothing follows from a patch that misses what it is for', (t) => {
  const selected = 'servers: {matchLabels: {role: quorum}}, clients: {matchLabels: {role: client}}';
  const server = (name: string, role: string, last: number) =>
    written(
      'Server',
      `{name: ${name}, labels: {role: ${role}}}`,
      `{interfaces: {lan: {address: 10.0.0.${last}}}, class: {cores: 4, memory: 8Gi}}`,
    );
  const cluster = written('NomadCluster', '{name: main}', `{version: 1.11.3, consul: main, ${selected}}`);
  const consul = written(
    'ConsulCluster',
    '{name: main}',
    `{version: 1.20.5, development: true, ${selected}}`,
  );
  const servers = `${server('a', 'quorum', 1)}---\n${server('b', 'client', 2)}`;
  const files = { 'base/clusters.yaml': `${cluster}---\n${consul}`, 'demo/servers.yaml': servers };
  const patched = (metadata: string, kind = 'NomadCluster') =>
    briefFindings({ ...files, 'demo/p.yaml': written(kind, metadata, '{development: true}') });
  const merged = 'annotations: {drover.dev/patch: merge}';
  t.deepEqual(briefFindings(files), ['DRV0531 base/clusters.yaml:4:48']);
  t.deepEqual(patched(`{name: main, ${merged}}`), []);
  t.deepEqual(patched(`{name: mian, ${merged}}`), ['DRV0212 demo/p.yaml:3:18']);
  t.deepEqual(patched('{name: main}'), ['DRV0211 demo/p.yaml:3:18']);
  t.deepEqual(patched('{name: main, annotations: {drover.dev/pach: merge}}'), ['DRV0602 demo/p.yaml:3:38']);
  t.deepEqual(patched(`{name: main, ${merged}}`, 'NomadClutser'), ['DRV0302 demo/p.yaml:2:7']);
});

test('a namespace that nobody declares is one mistake', (t) => {
  const job = (name: string, namespace: string, more = '') =>
    written(
      'Application',
      `{name: ${name}, namespace: ${namespace}}`,
      `{type: Batch, command: [/bin/x], resources: {memory: 32Mi}, kill: {timeout: 5s}${more}}`,
    );
  const namespaces = written('NomadNamespace', '{name: shop}', '{description: The shop}');
  const patch = written(
    'Application',
    '{name: web, namespace: shop, annotations: {drover.dev/patch: merge}}',
    '{env: {A: b}}',
  );
  const fleet = (own: string, other = 'shop') =>
    briefFindings({
      'base/all.yaml': [namespaces, job('db', other), job('web', own, ', dependsOn: [db]')].join('---\n'),
      'demo/patch.yaml': patch,
    }).filter((line) => !line.startsWith('DRV0876'));
  t.deepEqual(fleet('shop'), []);
  t.deepEqual(fleet('shpo'), ['DRV0870 base/all.yaml:13:34']);
  t.deepEqual(fleet('shop', 'shpo'), ['DRV0870 base/all.yaml:8:33']);
});

test('a tenant’s namespace, misspelt, is told by the tenant’s rule alone', (t) => {
  const tenants = '  tenants: [{path: base/**, namespaces: [shop]}]\n';
  const namespace = written('NomadNamespace', '{name: shop}', '{description: The shop}');
  const job = written('NomadJob', '{name: web, namespace: shpo}', '{json: {ID: web, Namespace: NAMED}}');
  const fleet = (named: string) =>
    briefFindings({
      'drover.yaml': oneEnvironment + tenants,
      'demo/namespace.yaml': namespace,
      'base/job.yaml': job.replace('NAMED', named),
    });
  t.deepEqual(fleet('shpo'), ['DRV0921 base/job.yaml:3:34']);
  t.deepEqual(fleet('shop'), ['DRV0612 base/job.yaml:3:34']);
});

test('a datacenter that nobody declares is one mistake, and says nothing of how a quorum is spread', (t) => {
  const server = (name: string, datacenter: string, last: number) =>
    written(
      'Server',
      `{name: ${name}, labels: {role: quorum}}`,
      `{datacenter: ${datacenter}, interfaces: {lan: {address: 10.0.0.${last}}}, class: {cores: 4, memory: 8Gi}}`,
    );
  const cluster = written(
    'ConsulCluster',
    '{name: main}',
    '{version: 1.20.5, servers: {matchLabels: {role: quorum}}, clients: {}}',
  );
  const place = (name: string) => written('Datacenter', `{name: ${name}}`, '{}');
  const fleet = (third: string) =>
    briefFindings({
      'base/site.yaml': [place('one'), place('two'), cluster].join('---\n'),
      'demo/a.yaml': [server('a', 'one', 1), server('b', 'two', 2), server('c', third, 3)].join('---\n'),
    });
  t.deepEqual(fleet('two'), []);
  t.deepEqual(fleet('tow'), ['DRV0501 demo/a.yaml:14:20']);
  const all = ['a', 'b', 'c'].map((name, index) => server(name, 'tow', index + 1)).join('---\n');
  const found = briefFindings({
    'base/site.yaml': [place('one'), place('two'), cluster].join('---\n'),
    'demo/a.yaml': `${all}---\n${server('d', 'two', 9).replace('quorum', 'client')}`,
  });
  t.true(found.every((line) => line.startsWith('DRV0501')));
});

test('a label that is an annotation of ours is told', (t) => {
  const key = written('ConsulKey', '{name: a, labels: {drover.dev/protect: "true"}}', '{key: a, value: b}');
  t.deepEqual(briefFindings({ 'demo/a.yaml': key }), ['DRV0602 demo/a.yaml:3:30']);
});

test('two definitions without a line between them are one mistake', (t) => {
  const key = (name: string) => written('ConsulKey', `{name: ${name}}`, `{key: ${name}, value: x}`);
  t.deepEqual(briefFindings({ 'demo/a.yaml': key('a') + key('b') }), ['DRV0102 demo/a.yaml:5:1']);
});

test('a trap of YAML in drover.yaml is one finding, too', (t) => {
  const withMode = (more: string) => oneEnvironment.replace('cluster: demo', `cluster: demo, ${more}`);
  t.deepEqual(briefFindings({ 'drover.yaml': withMode('mode: On') }), ['DRV0306 drover.yaml:6:56']);
  const versioned = oneEnvironment.replace('spec:', 'spec:\n  drover: 0.40');
  t.deepEqual(briefFindings({ 'drover.yaml': versioned }), ['DRV0113 drover.yaml:5:11']);
});

test('no path is said to be on no mount while a folder is missing', (t) => {
  const secret = written('VaultSecret', '{name: a}', '{path: kv/a, keys: {k: {generate: {length: 32}}}}');
  const lost = oneEnvironment.replace('[base,', '[bsae,');
  t.deepEqual(briefFindings({ 'drover.yaml': lost, 'demo/a.yaml': secret }), ['DRV0204 drover.yaml:6:22']);
  t.deepEqual(briefFindings({ 'demo/a.yaml': secret }), ['DRV0616 demo/a.yaml:4:14']);
});

test('of two definitions of one name the second was to have another, and nothing follows from its absence', (t) => {
  const classes = (second: string) =>
    [second, 'cx32']
      .map((name) => written('ServerClass', `{name: ${name}}`, '{cores: 4, memory: 8Gi}'))
      .join('---\n');
  const server = written('Server', '{name: a}', '{class: cx42, interfaces: {lan: {address: 10.0.0.1}}}');
  const fleet = (second: string) =>
    briefFindings({ 'base/class.yaml': classes(second), 'demo/a.yaml': server });
  t.deepEqual(fleet('cx42'), []);
  t.deepEqual(fleet('cx32'), ['DRV0211 base/class.yaml:8:18']);
});

test('a choice by labels that can’t be read chooses nobody, and not everybody', (t) => {
  const servers = ['a', 'b'].map((name, index) =>
    written(
      'Server',
      `{name: ${name}, labels: {canary: "true"}}`,
      `{interfaces: {lan: {address: 10.0.0.${index + 1}}}, class: {cores: 4, memory: 8Gi}}`,
    ),
  );
  const canary = (value: string) =>
    oneEnvironment.replace(
      'cluster: demo',
      `cluster: demo, rollout: {canary: {matchLabels: {canary: ${value}}}}`,
    );
  const fleet = (value: string) =>
    briefFindings({ 'drover.yaml': canary(value), 'demo/a.yaml': servers.join('---\n') });
  t.deepEqual(fleet('"true"'), ['DRV0911 drover.yaml:6:82']);
  t.deepEqual(fleet('true'), ['DRV0305 drover.yaml:6:91']);
});

test('a name that several definitions want and nobody declares is one mistake', (t) => {
  const server = (name: string, last: number) =>
    written('Server', `{name: ${name}}`, `{class: cx32, interfaces: {lan: {address: 10.0.0.${last}}}}`);
  const files = {
    'base/class.yaml': written('ServerClass', '{name: cx23}', '{cores: 4, memory: 8Gi}'),
    'demo/a.yaml': [server('a', 1), server('b', 2)].join('---\n'),
  };
  t.deepEqual(briefFindings(files), ['DRV0501 demo/a.yaml:4:15']);
});

test('nothing follows from which of two values of one key was meant', (t) => {
  const policy = written(
    'Policy',
    '{name: pinned}',
    `{match: {kinds: [Application]}, rule: 'job.images.all(i, i.contains("@"))', message: pin it, level: Error}`,
  );
  const job = (image: string) =>
    `${document('Application', 'metadata: {name: web}\nspec:\n')}  type: Batch
  image: ${image}
  resources: {memory: 32Mi}
  kill: {timeout: 5s}
`;
  const fleet = (image: string) => briefFindings({ 'base/p.yaml': policy, 'demo/a.yaml': job(image) });
  t.deepEqual(fleet('web:1'), ['DRV0930 demo/a.yaml:6:10']);
  t.deepEqual(fleet('web:1\n  image: web:2'), ['DRV0102 demo/a.yaml:7:3']);
});

test('what can’t work for anybody is not told again as what a tenant may not', (t) => {
  const tenants = '  tenants: [{path: base/**, jobs: {drivers: [docker]}}]\n';
  const job = (driver: string) =>
    written(
      'NomadJob',
      '{name: web}',
      `{json: {ID: web, Type: batch, Datacenters: ["*"], TaskGroups: [{Name: g, Count: 1, Tasks: [{Name: t, Driver: ${driver}, Config: {command: /bin/x}, Resources: {CPU: 100, MemoryMB: 64}}]}]}}`,
    );
  const fleet = (driver: string) =>
    briefFindings({ 'drover.yaml': oneEnvironment + tenants, 'base/job.yaml': job(driver) }).map((line) =>
      line.slice(0, 7),
    );
  t.deepEqual(fleet('exec'), ['DRV0922']);
  t.deepEqual(fleet('exce'), ['DRV0950']);
});

test('a definition that is called otherwise than its job is one mistake, also for those who wait for the job', (t) => {
  const job = (name: string, id: string, more = '') =>
    written('NomadJob', `{name: ${name}}`, `{json: {ID: ${id}}${more}}`);
  const fleet = (name: string) =>
    briefFindings({
      'base/a.yaml': [job(name, 'db'), job('web', 'web', ', dependsOn: [db]')].join('---\n'),
    }).filter((line) => /DRV0(501|612)/.test(line));
  t.deepEqual(fleet('db'), []);
  t.deepEqual(fleet('bd'), ['DRV0612 base/a.yaml:3:18']);
});

test('a value that can be judged by itself is judged, whatever else is wrong with its definition', (t) => {
  const machine = (mode: string) =>
    written(
      'MachineConfig',
      '{name: a}',
      `{selector: {}, files: {/etc/a: {file: a.conf, mode: ${mode}}, b: {content: x}}}`,
    );
  const fleet = (mode: string) =>
    briefFindings({ 'demo/a.yaml': machine(mode) }).filter((line) => !line.startsWith('DRV0608'));
  t.deepEqual(fleet('"0644"'), ['DRV0605 demo/a.yaml:4:45', 'DRV0606 demo/a.yaml:4:68']);
  t.deepEqual(fleet('0644'), ['DRV0605 demo/a.yaml:4:45', 'DRV0110 demo/a.yaml:4:59']);
});

test('what depends on the wrong part of a definition is not told', (t) => {
  const application = (fields: string) =>
    written(
      'Application',
      '{name: web}',
      `{type: Batch, command: [/bin/x], resources: {memory: 32Mi, memoryMax: 16Mi}, schedule: {cron: "15 25 * * *"}, ${fields}}`,
    );
  const fleet = (fields: string) =>
    briefFindings({ 'demo/a.yaml': application(fields) }).map((line) => line.slice(0, 7));
  t.deepEqual(fleet('kill: {timeout: 5s}'), ['DRV0683', 'DRV0692']);
  t.deepEqual(fleet('kill: {timeout: 5}'), ['DRV0692', 'DRV0310']);
});

test('a tenant whose files can not be found, or have errors, is not told to be nowhere', (t) => {
  const project = (folder: string) => `apiVersion: drover.dev/v1alpha1
kind: Project
metadata: {name: acme}
spec:
  environments:
    demo: {folders: [base, ${folder}], cluster: demo}
  tenants: [{path: teams/shop/**, kinds: [ConsulKey]}]
`;
  const key = (field: string) => written('ConsulKey', '{name: flags}', `{${field}: shop/flags, value: x}`);
  const files = (folder: string, field: string) => ({
    'drover.yaml': project(folder),
    'teams/shop/a.yaml': key(field),
  });
  t.deepEqual(briefFindings(files('teams/shop', 'key')), []);
  t.deepEqual(briefFindings(files('team/shop', 'key')), ['DRV0204 drover.yaml:6:28']);
  t.deepEqual(briefFindings(files('teams/shop', 'kee')), ['DRV0304 teams/shop/a.yaml:4:8']);
});

test('labels that no server has are one mistake, and nothing follows from a namespace that is declared twice', (t) => {
  const machine = (name: string) =>
    written('MachineConfig', `{name: ${name}}`, '{selector: {matchLabels: {role: clinet}}}');
  const servers = written(
    'Server',
    '{name: s, labels: {role: client}}',
    '{interfaces: {lan: {address: 10.0.0.1}}, class: {cores: 4, memory: 8Gi}}',
  );
  const files = { 'demo/a.yaml': [machine('a'), machine('b'), servers].join('---\n') };
  t.deepEqual(briefFindings(files), ['DRV0608 demo/a.yaml:4:18']);
  const namespace = written('NomadNamespace', '{name: shop}', '{description: The shop}');
  const variable = written('NomadVariable', '{name: v, namespace: blog}', '{path: v, items: {k: v}}');
  const found = (namespaces: readonly string[]) =>
    briefFindings({ 'demo/a.yaml': [...namespaces, variable].join('---\n') });
  t.deepEqual(found([namespace]), ['DRV0870 demo/a.yaml:8:32']);
  t.deepEqual(found([namespace, namespace]), ['DRV0211 demo/a.yaml:8:18']);
});
