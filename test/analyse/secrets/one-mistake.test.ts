import test from 'ava';
import { secretRules } from '../../../controller/analyse/secrets/index.ts';
import { kinds } from '../../../controller/kinds/index.ts';
import { type FakeResource, fakeFleet } from '../../fakes/fleet.ts';

const mount: FakeResource = {
  kind: 'VaultMount',
  name: 'kv',
  spec: { type: 'kv', options: { version: '2' } },
};
const role: FakeResource = { kind: 'VaultRole', name: 'web', spec: { auth: 'jwt', policies: ['web'] } };

function secret(name: string, path: string, key: string): FakeResource {
  return { kind: 'VaultSecret', name, spec: { path, keys: { [key]: { generate: {} } } } };
}

function policy(path: string): FakeResource {
  return { kind: 'VaultPolicy', name: 'web', spec: { hcl: `path "${path}" { capabilities = ["read"] }` } };
}

function reader(name: string, path: string, key: string): FakeResource {
  const EmbeddedTmpl = `{{ with secret "${path}" }}{{ .Data.data.${key} }}{{ end }}`;
  const Templates = [{ EmbeddedTmpl, DestPath: 'secrets/x' }];
  const Tasks = [{ Name: name, Driver: 'docker', Vault: { Role: 'web' }, Templates }];
  const json = { ID: name, Type: 'service', TaskGroups: [{ Name: name, Tasks }] };
  return { kind: 'NomadJob', name, namespace: 'default', spec: { json } };
}

const found = (...resources: readonly FakeResource[]) =>
  secretRules
    .flatMap((rule) => rule(fakeFleet({ resources: [mount, role, ...resources] }), kinds))
    .map(({ code, related = [] }) => `${code} ${related.map(({ message }) => message).join('; ')}`);

test('a path that no policy grants is told once, with all who read it', (t) => {
  const resources = [secret('db', 'kv/db', 'key'), policy('kv/data/other')];
  const readers = [reader('api', 'kv/data/db', 'key'), reader('web', 'kv/data/db', 'key')];
  t.deepEqual(found(...resources, ...readers), ['DRV0824 web reads it as well; the role web']);
});

test('nothing is said of the keys of a path that two definitions claim', (t) => {
  const twice = [secret('a', 'kv/db', 'one'), secret('b', 'kv/db', 'two'), policy('kv/data/*')];
  t.deepEqual(found(...twice, reader('web', 'kv/data/db', 'one'), reader('api', 'kv/data/db', 'two')), []);
});

test('nothing is said of who may read what while the job’s namespace is one that nobody declares', (t) => {
  const own = 'kv/data/{{identity.entity.aliases.x.metadata.nomad_namespace}}/*';
  const shop: FakeResource = { kind: 'NomadNamespace', name: 'shop', spec: {} };
  const inNamespace = (namespace: string) => ({ ...reader('web', 'kv/data/shop/db', 'key'), namespace });
  const resources = [secret('db', 'kv/shop/db', 'key'), policy(own), shop];
  t.deepEqual(found(...resources, inNamespace('shop')), []);
  t.deepEqual(found(...resources, inNamespace('shpo')), []);
  const blog: FakeResource = { kind: 'NomadNamespace', name: 'blog', spec: {} };
  t.deepEqual(found(...resources, blog, inNamespace('blog')), ['DRV0824 the role web']);
});

test('a secret with a wrong path is told there, and not by those who read the right one', (t) => {
  const resources = [policy('kv/data/*'), secret('web', 'kv/shop/web', 'key')];
  const reads = reader('web', 'kv/data/shop/db', 'key');
  t.deepEqual(found(...resources, reads), ['DRV0821 ']);
  t.deepEqual(found(...resources, secret('db', 'vk/shop/db', 'key'), reads), []);
  t.deepEqual(found(...resources, secret('db', 'kv/shop/web', 'key'), reads), []);
});

test('a misspelt capability is told in the policy, and not by those whom it was to let read', (t) => {
  const misspelt: FakeResource = {
    kind: 'VaultPolicy',
    name: 'web',
    spec: { hcl: 'path "kv/data/*" { capabilities = ["raed"] }' },
  };
  t.deepEqual(found(secret('db', 'kv/db', 'key'), misspelt, reader('web', 'kv/data/db', 'key')), []);
});
