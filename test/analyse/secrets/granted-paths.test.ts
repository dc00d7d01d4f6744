import test from 'ava';
import * as fc from 'fast-check';
import {
  granted,
  matchesPolicyPath,
  resolvedPath,
} from '../../../controller/analyse/secrets/granted-paths.ts';
import type { VaultPolicySpec } from '../../../controller/kinds/vault-policy/schema.ts';
import { fakeResource } from '../../fakes/fleet.ts';

const policy = (spec: VaultPolicySpec) =>
  granted(fakeResource<VaultPolicySpec>({ kind: 'VaultPolicy', name: 'p', spec }));

test('a policy grants what its text or its rules let read', (t) => {
  const hcl = `# path "kv/data/commented/*" { capabilities = ["read"] }
    path "kv/data/shop/*" {
      allowed_parameters = { "x" = [] }
      capabilities = ["list", "read"]
    }
    path "kv/data/other/*" { capabilities = ["list"] }
    path "kv/data/old/*" { policy = "write" }`;
  t.deepEqual(policy({ hcl }), ['kv/data/shop/*', 'kv/data/old/*']);
  t.deepEqual(policy({ rules: [{ path: 'a/b', capabilities: ['read'] }] }), ['a/b']);
});

test('paths match as Vault matches them', (t) => {
  const matches = [
    'kv/data/shop/db',
    'kv/data/shop/*',
    'kv/data/sh*',
    'kv/*',
    '*',
    'kv/+/shop/db',
    'kv/data/+/*',
  ];
  for (const pattern of matches) t.true(matchesPolicyPath(pattern, 'kv/data/shop/db'), pattern);
  const none = [
    'kv/data/shop',
    'kv/data/shop/d',
    'kv/data/shop/db/*',
    'kv/+/db',
    'kv/data/shop/+/x',
    'KV/data/shop/db',
  ];
  for (const pattern of none) t.false(matchesPolicyPath(pattern, 'kv/data/shop/db'), pattern);
});

test('what Vault puts in for an identity is put in, and what is not known may be anything', (t) => {
  const of = (name: string) =>
    `kv/data/{{identity.entity.aliases.\${{ accessor('jwt') }}.metadata.${name}}}/*`;
  const own = { nomad_namespace: 'shop' };
  t.true(matchesPolicyPath(resolvedPath(of('nomad_namespace'), own), 'kv/data/shop/db'));
  t.false(matchesPolicyPath(resolvedPath(of('nomad_namespace'), own), 'kv/data/web/db'));
  t.true(matchesPolicyPath(resolvedPath(of('team'), own), 'kv/data/web/db'));
  t.true(matchesPolicyPath(resolvedPath('kv/data/a-{{identity.entity.name}}-b/c', own), 'kv/data/a-x-b/c'));
  t.false(matchesPolicyPath(resolvedPath('kv/data/a-{{identity.entity.name}}-b/c', own), 'kv/data/x-b/c'));
});

test('every path matches itself, and every one that it begins', (t) => {
  const path = fc.array(fc.stringMatching(/^[a-z0-9-]{1,8}$/), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(path, fc.stringMatching(/^[a-z/]{0,8}$/), (segments, rest) => {
      const text = segments.join('/');
      t.true(matchesPolicyPath(text, text));
      t.true(matchesPolicyPath(`${text}*`, `${text}${rest}`));
      t.is(matchesPolicyPath(text, `${text}x`), false);
    }),
  );
});
