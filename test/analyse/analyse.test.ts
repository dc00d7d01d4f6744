import test from 'ava';
import { analyse } from '../../controller/analyse/analyse.ts';
import { compileProject } from '../../controller/compile/compile-project.ts';
import { createFleet } from '../../controller/compile/create-fleet.ts';
import { document, oneEnvironment, server } from '../compile/fleet-files.ts';
import { sourceOf } from '../compile/source-of.ts';

function analysed(files: Readonly<Record<string, string>>) {
  const source = sourceOf({ 'drover.yaml': oneEnvironment, 'base/x': '', 'demo/x': '', ...files });
  const compiled = compileProject(source).environments.get('demo');
  if (compiled === undefined) throw new Error('the environment did not compile');
  return analyse(createFleet(compiled, source, new Map()).fleet);
}

const job = (name: string, spec = '', namespace = 'default') =>
  document(
    'NomadJob',
    `metadata: {name: ${name}, namespace: ${namespace}}\nspec: {json: {ID: ${name}}${spec}}\n`,
  );
const key = (name: string) =>
  document(
    'ServerKey',
    `metadata: {name: ${name}}\nspec: {seal: "x25519:5v2m7p0Qb0Yc0w8q0k5T6q2m8l0d9s3f4g5h6j7k8l0="}\n`,
  );
const namespace = document('NomadNamespace', 'metadata: {name: shop}\nspec: {}\n');

test('a whole fleet has no findings', (t) => {
  const files = {
    'base/web.yaml': job('web', ', dependsOn: [db]', 'shop'),
    'base/db.yaml': job('db', '', 'shop'),
    'base/shop.yaml': namespace,
    'base/s.yaml': `${server('web-1', '10.0.0.1')}---\n${key('web-1')}`,
  };
  t.deepEqual(analysed(files), []);
});

test('findings carry the environment and are sorted', (t) => {
  const found = analysed({ 'base/b.yaml': server('b', '10.0.0.1'), 'base/a.yaml': server('a', '10.0.0.2') });
  t.deepEqual(
    found.map(({ code, environment, span }) => [code, environment, span.path]),
    [
      ['DRV0504', 'demo', 'base/a.yaml'],
      ['DRV0504', 'demo', 'base/b.yaml'],
    ],
  );
});

test('a name that exists in another namespace is pointed to', (t) => {
  const [finding] = analysed({
    'base/web.yaml': job('web', ', dependsOn: [db]'),
    'base/db.yaml': job('db', '', 'shop'),
    'base/shop.yaml': namespace,
  });
  t.like(finding, {
    code: 'DRV0501',
    message: 'there is no NomadJob or Application db in the namespace default',
    hint: 'it is in the namespace shop: write {namespace: shop, name: db}',
  });
});

test('one address of one server on two interfaces is no clash', (t) => {
  const twice = document(
    'Server',
    'metadata: {name: web-1}\nspec: {class: {cores: 4, memory: 8Gi}, interfaces: {a: {address: 10.0.0.1}, b: {address: 10.0.0.1}}}\n',
  );
  t.deepEqual(analysed({ 'base/s.yaml': `${twice}---\n${key('web-1')}` }), []);
});

test('an address is compared without its prefix length', (t) => {
  const files = {
    'base/a.yaml': `${server('a', '10.0.0.1/24')}---\n${key('a')}`,
    'base/b.yaml': `${server('b', '10.0.0.1/16')}---\n${key('b')}`,
  };
  const [finding, ...others] = analysed(files);
  t.deepEqual(others, []);
  t.like(finding, { code: 'DRV0506', message: '10.0.0.1 is already the address of a' });
  t.is(finding?.related?.[0]?.span.path, 'base/a.yaml');
});

test('a key whose own definition has findings is not also missing', (t) => {
  const files = { 'base/a.yaml': server('a', '10.0.0.1'), 'base/b.yaml': key('a').replace('seal', 'sael') };
  t.deepEqual(analysed(files), []);
});
