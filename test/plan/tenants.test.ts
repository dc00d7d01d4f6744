import test from 'ava';
import * as fc from 'fast-check';
import type { Diagnostic } from '../../controller/model/diagnostic.ts';
import type { Tenant } from '../../controller/model/environment.ts';
import type { Breach } from '../../controller/model/plan.ts';
import { computePlan } from '../../controller/plan/compute-plan.ts';
import { loosenedTenants } from '../../controller/plan/dangers/loosened-tenants.ts';
import { fakeRules } from '../fakes/rules.ts';
import { consulKey, tree } from './sample-tree.ts';

function words(before: readonly Tenant[], after: readonly Tenant[]): readonly string[] {
  return loosenedTenants(fakeRules({ tenants: before }), fakeRules({ tenants: after }));
}

const path = 'teams/shop/**';

const loosened: Record<string, readonly [Tenant, Tenant, string]> = {
  'another kind': [{ path, kinds: ['A'] }, { path, kinds: ['A', 'B'] }, 'kinds B'],
  'any kind': [{ path, kinds: ['A'] }, { path }, 'any kinds'],
  'another namespace': [{ path, namespaces: ['a'] }, { path, namespaces: ['b'] }, 'namespaces b'],
  'another driver': [{ path, jobs: { drivers: [] } }, { path, jobs: { drivers: ['exec'] } }, 'drivers exec'],
  'any path in Vault': [{ path, jobs: { vaultPaths: ['kv/a/*'] } }, { path, jobs: {} }, 'any Vault paths'],
  'privileged containers': [
    { path, jobs: {} },
    { path, jobs: { privileged: true } },
    'privileged containers',
  ],
  'no rules for jobs': [
    { path, jobs: { hostVolumes: [], consulPrefixes: [] } },
    { path },
    'any host volumes, any Consul prefixes, privileged containers',
  ],
};

for (const [what, [before, after, expected]] of Object.entries(loosened)) {
  test(`a tenant is loosened by ${what}, and not by the way back`, (t) => {
    t.deepEqual(words([before], [after]), [`the tenant ${path} may have ${expected}`]);
    const back = words([after], [before]);
    t.deepEqual(back, what === 'another namespace' ? [`the tenant ${path} may have namespaces a`] : []);
  });
}

test('a tenant that goes is told, one that comes is not', (t) => {
  t.deepEqual(words([{ path }], []), [`the tenant ${path} goes`]);
  t.deepEqual(words([], [{ path, kinds: [] }]), []);
});

test('of two tenants with one path the strictest counts', (t) => {
  const [strict, wide] = [
    { path, kinds: ['A'] },
    { path, kinds: ['A', 'B'] },
  ];
  t.deepEqual(words([strict], [wide, strict]), []);
  t.is(words([strict], [wide, wide]).length, 1);
});

const names = fc.option(fc.uniqueArray(fc.constantFrom('a', 'b', 'c')), { nil: undefined });
const tenant: fc.Arbitrary<Tenant> = fc
  .record({ kinds: names, drivers: names, privileged: fc.boolean(), hasJobs: fc.boolean() })
  .map(({ kinds, drivers, privileged, hasJobs }) => ({
    path,
    ...(kinds === undefined ? {} : { kinds }),
    ...(hasJobs ? { jobs: { privileged, ...(drivers === undefined ? {} : { drivers }) } } : {}),
  }));

test('nothing is loosened where nothing changes, and what is loosened twice was loosened once', (t) => {
  fc.assert(fc.property(fc.array(tenant), (tenants) => words(tenants, tenants).length === 0));
  fc.assert(
    fc.property(tenant, tenant, tenant, (a, b, c) => {
      const isKept = words([a], [b]).length === 0 && words([b], [c]).length === 0;
      return !isKept || words([a], [c]).length === 0;
    }),
  );
  t.pass();
});

const finding = (line: number): Diagnostic => ({
  code: 'DRV0920',
  severity: 'error',
  message: 'files may not',
  span: { path: 'teams/shop/a.yaml', line, column: 1, endLine: line, endColumn: 2 },
});

function planWith(breaches: readonly Breach[], proposalTreeId = 'b') {
  const rules = fakeRules();
  return computePlan({
    environment: 'prod',
    live: tree([], rules),
    proposal: tree([consulKey('a', '1')], rules),
    liveTreeId: 'a'.repeat(40),
    proposalTreeId: proposalTreeId.repeat(40),
    rules,
    breaches,
  });
}

test('a broken tenant is the first danger, wants a confirmation, and names a few of its lines', (t) => {
  const { dangers, guard } = planWith([
    { code: 'Tenant', unit: `tenant:${path}`, findings: [1, 2, 3, 4, 5].map(finding) },
  ]);
  t.true(guard.tripped);
  t.like(dangers[0], { code: 'Tenant', unit: `tenant:${path}`, confirm: true });
  t.regex(
    dangers[0]?.message ?? '',
    /^teams\/shop\/a\.yaml:1 files may not; .*:2 .*:3 files may not; 2 more\./,
  );
});

test('a proposal that changes nothing breaks no tenant', (t) => {
  t.deepEqual(
    planWith([{ code: 'Tenant', unit: `tenant:${path}`, findings: [finding(1)] }], 'a').dangers,
    [],
  );
});
