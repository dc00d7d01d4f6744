import test from 'ava';
import { tenants } from '../../../controller/analyse/governance/tenants.ts';
import { kinds } from '../../../controller/kinds/index.ts';
import type { Fleet } from '../../../controller/kinds/kind.ts';
import type { ProjectSpec } from '../../../controller/kinds/project/schema.ts';
import { type FakeResource, fakeFleet, fakeResource } from '../../fakes/fleet.ts';

function fleetWith(rules: NonNullable<ProjectSpec['tenants']>, resources: readonly FakeResource[]): Fleet {
  const spec = { environments: {}, tenants: rules };
  return {
    ...fakeFleet({ resources }),
    project: fakeResource<ProjectSpec>({ kind: 'Project', name: 'acme', spec, path: 'drover.yaml' }),
  };
}

function reads(jobs: object, ...resources: FakeResource[]) {
  const fleet = fleetWith([{ path: 'teams/shop/**', jobs }], resources);
  return tenants(fleet, kinds).map(({ code, message }) => `${code} ${message}`);
}

const job = (template: string, path = 'teams/shop/web.yaml'): FakeResource => ({
  kind: 'NomadJob',
  name: 'web',
  namespace: 'shop',
  path,
  spec: {
    json: {
      TaskGroups: [
        { Name: 'g', Tasks: [{ Name: 't', Driver: 'docker', Templates: [{ EmbeddedTmpl: template }] }] },
      ],
    },
  },
});

test('a template may read the tenant’s secrets and keys alone', (t) => {
  const rules = { vaultPaths: ['kv/shop/*'], consulPrefixes: ['shop/'] };
  t.deepEqual(reads(rules, job('{{ with secret "kv/data/shop/db" }}x{{ end }}{{ key "shop/flags" }}')), []);
  const found = reads(
    rules,
    job(
      '{{ with secret "kv/data/platform/db" }}{{ end }}{{ keyOrDefault "platform/a" "b" }}{{ range ls "shopping/" }}',
    ),
  );
  t.deepEqual(
    found.map((text) => text.split(' is not')[0]),
    ['DRV0925 kv/platform/db', 'DRV0926 platform/a', 'DRV0926 shopping/'],
  );
});

test('an inserted secret of another team is found wherever it stands', (t) => {
  const placeholder = '${{ secret("kv/platform/db", "password") }}';
  const definition: FakeResource = {
    kind: 'MachineConfig',
    name: 'a',
    path: 'teams/shop/a.yaml',
    spec: { selector: {}, files: { '/etc/a': { content: `x ${placeholder}` } } },
  };
  t.is(reads({ vaultPaths: ['kv/shop/*'] }, definition).length, 1);
  t.deepEqual(reads({ vaultPaths: ['kv/*'] }, definition), []);
  t.deepEqual(reads({ drivers: ['docker'] }, definition), []);
});

test('a secret of one’s own is told at its path, and not again where it is read', (t) => {
  const path = 'teams/shop/a.yaml';
  const spec = { path: 'kv/platform/db', keys: { password: { generate: { length: 32 } } } };
  const secret: FakeResource = { kind: 'VaultSecret', name: 'db', path, spec };
  const reader: FakeResource = {
    kind: 'Application',
    name: 'web',
    namespace: 'shop',
    path,
    spec: {
      image: 'web:1',
      resources: { cpu: 100, memory: '64Mi' },
      secrets: { PASSWORD: { secret: 'db', key: 'password' } },
    },
  };
  t.is(reads({ vaultPaths: ['kv/shop/*'] }, secret, reader).length, 1);
  t.is(reads({ vaultPaths: ['kv/shop/*'] }, { ...secret, path: 'base/a.yaml' }, reader).length, 1);
  t.deepEqual(reads({ vaultPaths: ['kv/platform/*'] }, secret, reader), []);
});

test('a key of one’s own must be the tenant’s, that of an alert rule is Drover’s choice', (t) => {
  const path = 'teams/shop/a.yaml';
  const key: FakeResource = { kind: 'ConsulKey', name: 'a', path, spec: { key: 'blog/a', value: '' } };
  const alert: FakeResource = { kind: 'AlertRule', name: 'a', path, spec: { expr: 'up == 0' } };
  t.deepEqual(
    reads({ consulPrefixes: ['shop/'] }, key, alert).map((text) => text.split(' is not')[0]),
    ['DRV0926 blog/a'],
  );
});

test('files outside the tenant’s path are not its own', (t) => {
  t.deepEqual(reads({ vaultPaths: [] }, job('{{ secret "kv/data/a" }}', 'base/web.yaml')), []);
  t.is(reads({ vaultPaths: [] }, job('{{ secret "kv/data/a" }}')).length, 1);
});

test('a patch counts as what it patches, at the patch', (t) => {
  const patched: FakeResource = { kind: 'NomadNamespace', name: 'platform', path: 'base/a.yaml', spec: {} };
  const place = { path: 'teams/shop/p.yaml', line: 3, column: 1, endLine: 3, endColumn: 2 };
  const base = fleetWith([{ path: 'teams/shop/**', kinds: ['NomadJob'] }], [patched]);
  const source = (path: string) => ({
    path,
    kind: 'NomadNamespace',
    locate: () => ({ ...place, path }),
    locateText: () => undefined,
  });
  const fleet: Fleet = { ...base, sources: () => [source('base/a.yaml'), source('teams/shop/p.yaml')] };
  t.deepEqual(
    tenants(fleet, kinds).map(({ span, message }) => `${span.path}: ${message}`),
    ['teams/shop/p.yaml: files below teams/shop/** may not patch a NomadNamespace: only NomadJob'],
  );
});

test('a file of two tenants keeps the rules of both', (t) => {
  const rules = [
    { path: 'teams/**', namespaces: ['shop', 'blog'] },
    { path: 'teams/shop/**', namespaces: ['shop'] },
  ];
  const inBlog = { ...job('', 'teams/shop/a.yaml'), namespace: 'blog' };
  t.is(tenants(fleetWith(rules, [inBlog]), kinds).length, 1);
  t.is(tenants(fleetWith(rules, [job('')]), kinds).length, 0);
});

const namespace = (name: string): FakeResource => ({ kind: 'NomadNamespace', name, spec: {} });
const secretAt = (name: string): FakeResource => ({
  kind: 'VaultSecret',
  name,
  path: 'teams/shop/a.yaml',
  spec: { path: `kv/shop/${name}`, keys: { k: { generate: { length: 32 } } } },
});

test('a misspelt word of a tenant is told at the word, and not at everything that it was to allow', (t) => {
  const told = (rules: object, ...resources: FakeResource[]) =>
    tenants(fleetWith([{ path: 'teams/shop/**', ...rules }], resources), kinds).map(
      ({ code, span, hint }) => `${code} ${span.path} ${hint}`,
    );
  const jobs = [job(''), { ...job('', 'teams/shop/b.yaml'), name: 'b' }, namespace('shop')];
  t.deepEqual(told({ namespaces: ['shpo'] }, ...jobs), [
    'DRV0945 drover.yaml#spec.tenants.0.namespaces.0 did you mean "shop"?',
  ]);
  t.deepEqual(told({ jobs: { drivers: ['exec', 'dokcer'] } }, ...jobs), [
    'DRV0945 drover.yaml#spec.tenants.0.jobs.drivers.1 did you mean "docker"?',
  ]);
  t.deepEqual(told({ kinds: ['NomadJbo'] }, ...jobs), []);
  const secrets = [secretAt('db'), secretAt('web')];
  t.deepEqual(told({ jobs: { vaultPaths: ['kv/shpo/*'] } }, ...secrets), [
    'DRV0945 drover.yaml#spec.tenants.0.jobs.vaultPaths.0 did you mean "kv/shop/*"?',
  ]);
});

test('a word of a tenant that is right stays so, and what it does not allow is told where it is', (t) => {
  const codes = (rules: object, ...resources: FakeResource[]) =>
    tenants(fleetWith([{ path: 'teams/shop/**', ...rules }], resources), kinds).map(
      ({ code, span }) => `${code} ${span.path}`,
    );
  const inShop = { ...job(''), namespace: 'shop-b' };
  const both = [inShop, namespace('shop-a'), namespace('shop-b')];
  t.deepEqual(codes({ namespaces: ['shop-a'] }, ...both), ['DRV0921 teams/shop/web.yaml#metadata.namespace']);
  t.deepEqual(codes({ namespaces: ['shop-a'] }, inShop), ['DRV0921 teams/shop/web.yaml#metadata.namespace']);
  t.deepEqual(codes({ jobs: { drivers: ['exec'] } }, job('')), [
    'DRV0922 teams/shop/web.yaml#spec.json.TaskGroups.0.Tasks.0.Driver',
  ]);
  t.deepEqual(codes({ jobs: { vaultPaths: ['kv/shpo/*'] } }, secretAt('db')), [
    'DRV0925 teams/shop/a.yaml#spec.path',
  ]);
});
