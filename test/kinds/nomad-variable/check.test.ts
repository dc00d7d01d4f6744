import test from 'ava';
import { findingsOf } from '../../fakes/findings.ts';
import { renderUnit } from '../render-unit.ts';

const codes = (path: string, items: Readonly<Record<string, string>> = { a: 'b' }) =>
  findingsOf({ kind: 'NomadVariable', name: 'v', namespace: 'shop', spec: { path, items } }).map((found) =>
    found.slice(0, 7),
  );

test('paths that Nomad takes are taken', (t) => {
  for (const path of [
    'flags',
    'shop/a_b-c~1',
    'nomad/jobs',
    'nomad/jobs/web/g/t',
    'nomad/job-templates/x',
    'nomadic/x',
  ]) {
    t.deepEqual(codes(path), [], path);
  }
});

test('paths that Nomad refuses or redirects are not', (t) => {
  const bad = [
    '',
    '/a',
    'a/',
    'a//b',
    'a.b',
    'a b',
    'ä',
    'x'.repeat(129),
    'nomad',
    'nomad/x',
    'nomad/job-templates',
  ];
  for (const path of [...bad, 'nomad/job-templates/a/b']) t.deepEqual(codes(path), ['DRV0652'], path);
});

test('a variable has at least one item and at most 64 KiB, counted in bytes', (t) => {
  t.deepEqual(codes('a', {}), ['DRV0653']);
  t.deepEqual(codes('a', { k: 'x'.repeat(65_535) }), []);
  t.deepEqual(codes('a', { k: 'x'.repeat(65_536) }), ['DRV0653']);
  t.deepEqual(codes('a', { k: 'ü'.repeat(33_000) }), ['DRV0653']);
});

test('a secret is never put into a variable', (t) => {
  t.deepEqual(codes('a', { b: '${{ secret("kv/a", "b") }}', c: 'x' }), ['DRV0614']);
});

test('a variable is one file below its namespace', (t) => {
  const { unit, document } = renderUnit({
    kind: 'NomadVariable',
    name: 'v',
    namespace: 'shop',
    spec: { path: 'nomad/jobs/Web', items: { a: '1' } },
  });
  t.is(unit.key, 'shop/nomad/jobs/Web');
  t.is(unit.path, 'nomad/variables/shop/nomad/jobs/%57eb.json');
  t.deepEqual(document, { Namespace: 'shop', Path: 'nomad/jobs/Web', Items: { a: '1' } });
});
