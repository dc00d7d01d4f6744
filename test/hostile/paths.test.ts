import test from 'ava';
import type { SchemaNode } from '../../controller/compile/schema-node.ts';
import { kinds } from '../../controller/kinds/index.ts';
import type { KindName } from '../../controller/kinds/kind.ts';
import { findingsOf } from '../compile/read-case.ts';
import { sourceOf } from '../compile/source-of.ts';

const project = `apiVersion: drover.dev/v1alpha1
kind: Project
metadata: {name: acme}
spec: {environments: {all: {folders: [base], cluster: all}}}
`;

const servers = `apiVersion: drover.dev/v1alpha1
kind: Server
metadata: {name: web-1}
spec: {class: {cores: 1, memory: 1Gi}, interfaces: {lan: {address: 10.0.0.1}}}
`;

type Spec = Readonly<Record<string, unknown>>;
type Form = (text: string) => Spec;

const image = `registry.example/x:1@sha256:${'0'.repeat(64)}`;
const application = (spec: Spec): Spec => ({ image, resources: { memory: '64Mi' }, ...spec });
const sidecar = (spec: Spec): Spec =>
  application({ sidecars: { side: { image, resources: { memory: '64Mi' }, ...spec } } });
const machine = (spec: Spec): Spec => ({ selector: {}, ...spec });
const server = (spec: Spec): Spec => ({
  class: { cores: 1, memory: '1Gi' },
  interfaces: { lan: { address: '10.0.0.2' } },
  ...spec,
});

function codesOf(kind: KindName, spec: Spec): readonly string[] {
  const namespace = kinds.get(kind)?.namespaced === true ? { namespace: 'default' } : {};
  const document = { apiVersion: 'drover.dev/v1alpha1', kind, metadata: { name: 'x', ...namespace }, spec };
  const found = findingsOf(
    sourceOf({
      'drover.yaml': project,
      'base/file.txt': 'text\n',
      'base/servers.yaml': servers,
      'base/x.yaml': JSON.stringify(document),
    }),
  );
  return found.filter(({ severity }) => severity === 'error').map(({ code }) => code);
}

/** Fields that name a file of the repository, by kind and place in its schema. */
const sources: Readonly<Record<string, Form>> = {
  'Application files.*.file': (file) => application({ files: { '/x': { file } } }),
  'Application files.*.template': (template) => application({ files: { '/x': { template } } }),
  'Application sidecars.*.files.*.file': (file) => sidecar({ files: { '/x': { file } } }),
  'Application sidecars.*.files.*.template': (template) => sidecar({ files: { '/x': { template } } }),
  'ConsulACLPolicy rules.file': (file) => ({ rules: { file } }),
  'ConsulKey file': (file) => ({ key: 'a/b', file }),
  'ConsulKey template': (template) => ({ key: 'a/b', template }),
  'MachineConfig files.*.file': (file) => machine({ files: { '/x': { file } } }),
  'MachineConfig files.*.template': (template) => machine({ files: { '/x': { template } } }),
  'MachineConfig units.*.dropIns.*.file': (file) =>
    machine({ units: { 'a.service': { dropIns: { 'a.conf': { file } } } } }),
  'MachineConfig units.*.file': (file) => machine({ units: { 'a.service': { file } } }),
  'MachineConfig users.*.authorizedKeys.file': (file) =>
    machine({ users: { a: { authorizedKeys: { file } } } }),
  'NomadACLPolicy rules.file': (file) => ({ rules: { file } }),
  'NomadJob hcl.file': (file) => ({ hcl: { file } }),
};

/** Texts of these names that name no file of the repository. */
const others = new Set([
  'Application secrets.*.file',
  'Application sidecars.*.secrets.*.file',
  'MachineConfig preconditions.*.file',
  'VaultSecret keys.*.template',
]);

const outside = [
  '../../etc/passwd',
  '/etc/passwd',
  '/proc/self/environ',
  '~/x',
  '~root/x',
  'file.txt\0',
  'a\\..\\..\\x',
  '%2e%2e/x',
  '..%2fx',
  '．．/x',
  '‥/x',
  'a/../../../x',
  '',
  '.',
  '..',
  './',
  'file.txt/',
  '.git/config',
  'file.txt\n',
  'ｆile.txt',
  'FILE.TXT',
  '${{ "/etc/passwd" }}',
  '$${{ "file.txt" }}',
];

for (const [place, form] of Object.entries(sources)) {
  test(`${place} reads nothing but files of the repository`, (t) => {
    const kind = place.split(' ')[0] as KindName;
    for (const file of outside) t.deepEqual(codesOf(kind, form(file)), ['DRV0605'], JSON.stringify(file));
    t.false(codesOf(kind, form('file.txt')).includes('DRV0605'));
  });
}

test('every field of every kind that names a file is among them', (t) => {
  const named = [...kinds].flatMap(([name, { schema }]) =>
    textsOf(schema as SchemaNode, []).map((at) => `${name} ${at.join('.')}`),
  );
  const files = named.filter((place) => /[ .](?:file|template)$/.test(place) && !others.has(place));
  t.deepEqual([...new Set(files)].toSorted(), Object.keys(sources).toSorted());
});

function textsOf(schema: SchemaNode, at: readonly string[]): readonly (readonly string[])[] {
  return [
    ...(schema.type === 'string' ? [at] : []),
    ...(schema.anyOf ?? []).flatMap((choice) => textsOf(choice, at)),
    ...Object.entries(schema.properties ?? {}).flatMap(([key, field]) => textsOf(field, [...at, key])),
    ...Object.values(schema.patternProperties ?? {}).flatMap((field) => textsOf(field, [...at, '*'])),
    ...(schema.items === undefined ? [] : textsOf(schema.items, [...at, '[]'])),
  ];
}

/** Paths of servers and programs, of Consul, Nomad and Vault. */
const targets: readonly (readonly [KindName, string, Form])[] = [
  ['MachineConfig', 'files', (path) => machine({ files: { [path]: { content: '' } } })],
  ['MachineConfig', 'files absent', (path) => machine({ files: { [path]: 'absent' } })],
  ['MachineConfig', 'directories', (path) => machine({ directories: { [path]: { mode: '0755' } } })],
  [
    'MachineConfig',
    'artifacts',
    (path) => machine({ artifacts: { [path]: { url: 'https://example.org/x', sha256: '0'.repeat(64) } } }),
  ],
  [
    'MachineConfig',
    'mounts',
    (path) => machine({ mounts: { [path]: { device: '/dev/sdb', type: 'ext4' } } }),
  ],
  ['MachineConfig', 'users.home', (home) => machine({ users: { a: { home } } })],
  ['MachineConfig', 'preconditions.file', (file) => machine({ preconditions: { a: { file } } })],
  [
    'MachineConfig',
    'restartOn',
    (path) => machine({ units: { 'a.service': { state: 'Running', reloadOn: [path] } } }),
  ],
  [
    'MachineConfig',
    'units',
    (name) => machine({ units: { [name]: { content: '[Service]\nExecStart=/bin/true\n' } } }),
  ],
  [
    'MachineConfig',
    'dropIns',
    (name) => machine({ units: { 'a.service': { dropIns: { [name]: { content: '' } } } } }),
  ],
  ['Server', 'volumes', (path) => server({ volumes: { data: { path } } })],
  ['Application', 'files', (path) => application({ files: { [path]: { content: 'x' } } })],
  ['Application', 'volumes', (mount) => application({ volumes: { data: { mount } } })],
  ['Application', 'secrets', (file) => application({ secrets: { A: { secret: 's', key: 'k', file } } })],
  ['ConsulKey', 'key', (key) => ({ key, value: 'x' })],
  ['NomadVariable', 'path', (path) => ({ path, items: { a: 'b' } })],
  ['VaultSecret', 'path', (path) => ({ path, keys: { a: { generate: { length: 32 } } } })],
  ['VaultMount', 'path', (path) => ({ path, type: 'kv' })],
  ['VaultAuth', 'path', (path) => ({ path, type: 'jwt' })],
];

const misleading = [
  '..',
  '/..',
  '/a/../b',
  '/a/../../b',
  '',
  '/a/',
  '//a',
  '/a//b',
  '/a/./b',
  '/a\0b',
  '/a\nb',
  '/a\u202eb',
];

for (const [kind, field, form] of targets) {
  test(`${kind} ${field} takes no path that leads elsewhere than it looks`, (t) => {
    for (const path of misleading) t.not(codesOf(kind, form(path)).length, 0, JSON.stringify(path));
  });
}

for (const [what, form] of [
  ['link', (link) => machine({ files: { '/x': { link } } })],
  ['owner', (owner) => machine({ files: { '/x': { content: '', owner } } })],
  ['group', (group) => machine({ directories: { '/x': { group } } })],
  ['device', (device) => machine({ mounts: { '/x': { device, type: 'ext4' } } })],
  [
    'member of an archive',
    (extract) =>
      machine({ artifacts: { '/x': { url: 'https://example.org/x', sha256: '0'.repeat(64), extract } } }),
  ],
] as readonly (readonly [string, Form])[]) {
  test(`a ${what} is one name without characters that nobody sees`, (t) => {
    for (const text of ['', 'a\0b', 'a\nb', '\u001b[31m'])
      t.not(codesOf('MachineConfig', form(text)).length, 0);
    t.deepEqual(codesOf('MachineConfig', form('root')), []);
  });
}

test('a container starts in an absolute folder', (t) => {
  for (const workdir of ['', 'srv', '../srv', '/a\0b', '/a\n']) {
    t.deepEqual(codesOf('Application', application({ workdir })), ['DRV0606'], JSON.stringify(workdir));
  }
  for (const workdir of ['/srv', '${NOMAD_TASK_DIR}/x']) {
    t.deepEqual(codesOf('Application', application({ workdir })), []);
  }
});

test('a rule of a policy is about some path on one line', (t) => {
  for (const path of ['', 'kv/a\nb', 'kv/\0']) {
    t.deepEqual(codesOf('VaultPolicy', { rules: [{ path, capabilities: ['read'] }] }), ['DRV0616']);
  }
  const templated = 'kv/data/{{identity.entity.id}}/+/*';
  t.deepEqual(codesOf('VaultPolicy', { rules: [{ path: templated, capabilities: ['read'] }] }), []);
});
