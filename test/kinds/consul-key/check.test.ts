import test from 'ava';
import { findingsOf } from '../../fakes/findings.ts';

const codes = (spec: object) =>
  findingsOf({ kind: 'ConsulKey', name: 'k', spec }).map((found) => found.slice(0, 7));

test('plain keys are taken', (t) => {
  for (const key of ['shop/flags', 'App', 'a.b_c-d/e', 'droverish/x'])
    t.deepEqual(codes({ key, value: '' }), [], key);
});

test('keys that Consul redirects or refuses, and Drover’s own, are not', (t) => {
  for (const key of [
    '/shop',
    'shop/',
    'a//b',
    'a/../b',
    'a b',
    'a:b',
    '',
    'drover/x',
    'drover',
    'x'.repeat(600),
  ]) {
    t.deepEqual(codes({ key, value: '' }), ['DRV0615'], key);
  }
});

test('exactly one of value, file and template is set', (t) => {
  t.deepEqual(codes({ key: 'a' }), ['DRV0604']);
  t.deepEqual(codes({ key: 'a', value: '', file: 'f' }), ['DRV0604', 'DRV0605']);
});

test('a secret is never put into a key', (t) => {
  t.deepEqual(codes({ key: 'a', value: '${{ secret("kv/a", "b") }}' }), ['DRV0614']);
});
