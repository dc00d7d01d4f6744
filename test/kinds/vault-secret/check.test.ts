import test from 'ava';
import { Check } from 'typebox/value';
import { vaultSecretSchema } from '../../../controller/kinds/vault-secret/schema.ts';
import { findingsOf } from '../../fakes/findings.ts';
import type { FakeResource } from '../../fakes/fleet.ts';

const mount: FakeResource = {
  kind: 'VaultMount',
  name: 'kv',
  spec: { type: 'kv', options: { version: '2' } },
};

function findings(spec: object, mounts: readonly FakeResource[] = [mount]): readonly string[] {
  return findingsOf({ kind: 'VaultSecret', name: 's', spec }, { resources: mounts });
}

test('a literal value is never taken', (t) => {
  t.false(Check(vaultSecretSchema, { path: 'kv/a', keys: { password: { value: 'hunter2' } } }));
  t.true(Check(vaultSecretSchema, { path: 'kv/a', keys: { password: { generate: {} } } }));
});

test('the path starts with a KV version 2 mount, without data/', (t) => {
  const keys = { a: { generate: {} } };
  t.deepEqual(findings({ path: 'kv/shop/db', keys }), []);
  const old: FakeResource = {
    kind: 'VaultMount',
    name: 'kv',
    spec: { type: 'kv', options: { version: '1' } },
  };
  const bad = [
    findings({ path: 'kv2/shop', keys }),
    findings({ path: 'kv', keys }),
    findings({ path: 'kv/data/shop', keys }),
    findings({ path: '/kv/shop', keys }),
    findings({ path: 'kv/shop', keys }, [old]),
    findings({ path: 'kv/shop', keys }, []),
  ];
  for (const found of bad) t.regex(found.join(), /^DRV0616 spec\.path: /);
});

test('a key has exactly one source', (t) => {
  const keys = { a: {}, b: { generate: {}, template: 'x' } };
  t.deepEqual(
    findings({ path: 'kv/a', keys }).map((found) => found.split(':')[0]),
    ['DRV0604 spec.keys.a', 'DRV0604 spec.keys.b.template'],
  );
});

test('a template names keys of the same secret that are no templates', (t) => {
  const keys = {
    a: { generate: {} },
    good: { template: '${{ keys.a }}' },
    missing: { template: '${{ keys.nothing }}' },
    nested: { template: '${{ keys.good }}' },
  };
  t.deepEqual(findings({ path: 'kv/a', keys }), [
    'DRV0617 spec.keys.missing.template: the secret has no key nothing',
    'DRV0617 spec.keys.nested.template: the key good is itself made by a template',
  ]);
});
