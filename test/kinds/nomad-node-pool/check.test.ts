import test from 'ava';
import { findingsOf } from '../../fakes/findings.ts';
import type { FakeResource } from '../../fakes/fleet.ts';

const codes = (name: string, spec: object, around: readonly FakeResource[] = []) =>
  findingsOf({ kind: 'NomadNodePool', name, spec }, { resources: around }).map((found) => found.slice(0, 7));

const cluster = (version: string): FakeResource => ({
  kind: 'NomadCluster',
  name: 'main',
  spec: { version },
});

test('a pool of one’s own is taken, what is built in is not', (t) => {
  t.deepEqual(codes('gpu', { description: 'x' }), []);
  t.deepEqual(codes('default', {}), ['DRV0650']);
  t.deepEqual(codes('all', {}), ['DRV0650']);
});

test('a description is counted in bytes, as Nomad does', (t) => {
  t.deepEqual(codes('gpu', { description: 'x'.repeat(256) }), []);
  t.deepEqual(codes('gpu', { description: 'ü'.repeat(129) }), ['DRV0617']);
});

test('a scheduler of its own is pointed out where the edition is known to refuse it', (t) => {
  const spec = { scheduler: { algorithm: 'Spread' } };
  t.deepEqual(codes('gpu', spec, [cluster('1.11.3')]), ['DRV0651']);
  t.deepEqual(codes('gpu', spec, [cluster('1.11.3+ent')]), []);
  t.deepEqual(codes('gpu', spec), []);
});
