import test from 'ava';
import { renderVaultRole } from '../../controller/kinds/vault-role/render.ts';
import type { VaultRoleSpec } from '../../controller/kinds/vault-role/schema.ts';
import { fakeFleet, fakeResource } from '../fakes/fleet.ts';

function render(spec: Partial<VaultRoleSpec>, authPath?: string) {
  const auth = {
    kind: 'VaultAuth' as const,
    name: 'jwt-nomad',
    spec: { type: 'jwt', ...(authPath && { path: authPath }) },
  };
  const full: VaultRoleSpec = { auth: 'jwt-nomad', policies: ['Nomad'], ...spec };
  const resource = fakeResource<VaultRoleSpec>({ kind: 'VaultRole', name: 'nomad', spec: full });
  const [unit] = renderVaultRole(resource, fakeFleet({ resources: [auth] }));
  const [text] = [...(unit?.files.values() ?? [])].map((bytes) => new TextDecoder().decode(bytes));
  return { key: unit?.key, config: (JSON.parse(text ?? '{}') as { config: Record<string, unknown> }).config };
}

test('a role of few words is that of a Nomad workload', (t) => {
  t.deepEqual(render({}).config, {
    role_type: 'jwt',
    bound_audiences: ['vault.io'],
    bound_claims: {},
    bound_claims_type: 'string',
    user_claim: '/nomad_job_id',
    user_claim_json_pointer: true,
    claim_mappings: {
      nomad_namespace: 'nomad_namespace',
      nomad_job_id: 'nomad_job_id',
      nomad_task: 'nomad_task',
    },
    token_policies: ['nomad'],
    token_type: 'service',
    token_period: 1800,
    token_explicit_max_ttl: 0,
  });
});

test('a star in a claim asks Vault for globs', (t) => {
  t.like(render({ boundClaims: { nomad_namespace: ['shop', 'team-*'] } }).config, {
    bound_claims_type: 'glob',
  });
  t.like(render({ boundClaims: { nomad_namespace: 'shop' } }).config, { bound_claims_type: 'string' });
});

test('times are seconds, and Vault’s own words go over all', (t) => {
  t.like(render({ tokenPeriod: '2h', config: { token_type: 'batch' } }).config, {
    token_period: 7200,
    token_type: 'batch',
  });
});

test('the key is the path of the auth method, wherever it is mounted', (t) => {
  t.is(render({}).key, 'jwt-nomad/nomad');
  t.is(render({}, 'nomad/prod').key, 'nomad/prod/nomad');
});
