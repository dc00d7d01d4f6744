import test from 'ava';
import { renderVaultPolicy } from '../../controller/kinds/vault-policy/render.ts';
import type { VaultPolicySpec } from '../../controller/kinds/vault-policy/schema.ts';
import { findingsOf } from '../fakes/findings.ts';
import { fakeResource } from '../fakes/fleet.ts';

function render(spec: VaultPolicySpec) {
  const resource = fakeResource<VaultPolicySpec>({ kind: 'VaultPolicy', name: 'Workloads', spec });
  const [unit] = renderVaultPolicy(resource);
  const [text] = [...(unit?.files.values() ?? [])].map((bytes) => new TextDecoder().decode(bytes));
  const { policy } = JSON.parse(text ?? '{}') as { policy?: string };
  return { key: unit?.key, wave: unit?.wave, policy };
}

test('names are lower-case, as Vault keeps them', (t) => {
  t.is(render({ hcl: '' }).key, 'workloads');
});

test('rules become the policy’s text', (t) => {
  const { policy, wave } = render({ rules: [{ path: 'kv/data/a"b/*', capabilities: ['read', 'list'] }] });
  t.is(policy, 'path "kv/data/a\\"b/*" {\n  capabilities = ["read", "list"]\n}\n');
  t.is(wave, 10);
});

test('a policy that names an accessor comes after the auth methods, its placeholder kept', (t) => {
  const hcl = 'path "kv/{{identity.entity.aliases.${{ accessor(\'jwt-nomad\') }}.name}}" {}';
  t.deepEqual(render({ hcl }), { key: 'workloads', wave: 36, policy: hcl });
});

test('Vault’s own policies are not taken over', (t) => {
  for (const name of ['root', 'Default']) {
    t.regex(findingsOf({ kind: 'VaultPolicy', name, spec: { hcl: '' } }).join(), /^DRV0603 metadata\.name: /);
  }
});

test('a capability that Vault does not have is told, and one in a comment or a path is not', (t) => {
  const found = (hcl: string) => findingsOf({ kind: 'VaultPolicy', name: 'p', spec: { hcl } });
  const right =
    'path "kv/capabilities = [\\"x\\"]" { capabilities = ["read", "list"] } # capabilities = ["x"]';
  t.deepEqual(found(right), []);
  t.deepEqual(found('path "a" { capabilities = ["read",\n "raed"] }'), [
    'DRV0678 spec.hcl: Vault has no capability "raed"',
  ]);
  t.is(found('{"path": {"a": {"capabilities": ["raed"]}}}').length, 1);
});

test('an accessor that is written out is only that of one Vault', (t) => {
  const path = (alias: string) =>
    `path "kv/{{identity.entity.aliases.${alias}.name}}" { capabilities = ["read"] }`;
  const found = (alias: string) => findingsOf({ kind: 'VaultPolicy', name: 'p', spec: { hcl: path(alias) } });
  t.deepEqual(found("${{ accessor('jwt-nomad') }}"), []);
  t.deepEqual(found('auth_jwt_1a2b3c4d'), [
    'DRV0679 spec.hcl: auth_jwt_1a2b3c4d is the accessor of one auth method in one Vault',
  ]);
});
