import test from 'ava';
import type { Rules } from '../../controller/model/environment.ts';
import { computePlan } from '../../controller/plan/compute-plan.ts';
import { consulKey, job, type SampleUnit, sampleRules, server, tree } from './sample-tree.ts';

interface Given {
  readonly before: readonly SampleUnit[];
  readonly after: readonly SampleUnit[];
  readonly converged?: readonly SampleUnit[];
  readonly rules?: Rules;
  readonly proposedRules?: Rules;
}

function plan({ before, after, converged, rules = sampleRules, proposedRules = rules }: Given) {
  return computePlan({
    environment: 'prod',
    live: tree(before, rules),
    proposal: tree(after, proposedRules),
    ...(converged === undefined ? {} : { converged: tree(converged, rules) }),
    liveTreeId: 'a'.repeat(40),
    proposalTreeId: 'b'.repeat(40),
    rules,
  });
}

const keys = (count: number) => Array.from({ length: count }, (_, index) => consulKey(`k/${index}`, 'v'));

test('one deletion of many is a danger, but needs no confirmation', (t) => {
  const { dangers, guard } = plan({ before: keys(5), after: keys(4) });
  t.like(dangers, [{ code: 'Delete', unit: 'consul-key:k/4', confirm: false }]);
  t.deepEqual(guard, { taken: 1, total: 5, allowed: 1, tripped: false });
});

test('more deletions than allowed trip the guard, and each of them wants the confirmation', (t) => {
  const { dangers, guard } = plan({ before: keys(5), after: keys(3) });
  t.true(guard.tripped);
  t.deepEqual(
    dangers.map(({ confirm }) => confirm),
    [true, true],
  );
});

test('the greater of count and percent is allowed', (t) => {
  t.false(plan({ before: keys(40), after: keys(36) }).guard.tripped);
  t.true(plan({ before: keys(40), after: keys(35) }).guard.tripped);
});

test('many small merges add up until they have converged', (t) => {
  t.true(plan({ converged: keys(10), before: keys(9), after: keys(8) }).guard.tripped);
  t.false(plan({ before: keys(9), after: keys(8) }).guard.tripped);
});

test('a proposal that takes nothing is not stopped for what earlier ones took', (t) => {
  const after = [...keys(7), job('shop/new')];
  t.false(plan({ converged: keys(10), before: keys(7), after }).guard.tripped);
});

const takings: Record<string, readonly [SampleUnit, SampleUnit]> = {
  'count to 0': [job('shop/a'), job('shop/a', { count: 0 })],
  'a task dropped': [job('shop/a', { tasks: ['web', 'log'] }), job('shop/a', { tasks: ['web'] })],
  'another job type': [job('shop/a'), job('shop/a', { type: 'system' })],
  'a unit stopped': [server('s1'), server('s1', { stopped: true })],
  'a file dropped': [server('s1', { files: { '/etc/motd': 'x' } }), server('s1')],
};

for (const [what, [before, after]] of Object.entries(takings)) {
  test(`the guard counts ${what}`, (t) => {
    t.is(plan({ before: [before], after: [after] }).guard.taken, 1);
    t.is(plan({ before: [after], after: [after] }).guard.taken, 0);
  });
}

test('a rename counts as a deletion', (t) => {
  t.is(plan({ before: [job('shop/a')], after: [job('shop/b')] }).guard.taken, 1);
});

test('stateful: a restart wants a confirmation, a change in place does not', (t) => {
  const marks = { stateful: true };
  const before = [job('shop/db', {}, marks)];
  const restarted = plan({ before, after: [job('shop/db', { image: 'db:2' }, marks)] });
  t.true(restarted.guard.tripped);
  t.like(restarted.dangers, [{ code: 'Stateful', confirm: true }]);
  t.false(plan({ before, after: [job('shop/db', { count: 3 }, marks)] }).guard.tripped);
});

test('stateful needs none where the rules allow it', (t) => {
  const rules = { ...sampleRules, guard: { ...sampleRules.guard, stateful: 'Allow' as const } };
  const marks = { stateful: true };
  const given = { before: [job('shop/db', {}, marks)], after: [job('shop/db', { image: 'db:2' }, marks)] };
  t.false(plan({ ...given, rules }).guard.tripped);
});

test('protection can not be taken off and used in one commit', (t) => {
  const found = plan({
    before: [job('shop/a', {}, { protect: true })],
    after: [job('shop/a', { count: 0 })],
  });
  t.true(found.guard.tripped);
  t.true(found.dangers.some(({ code, confirm }) => code === 'Protected' && confirm));
});

test('taking the protection off alone wants a confirmation, although no file changes', (t) => {
  const found = plan({ before: [job('shop/a', {}, { protect: true })], after: [job('shop/a')] });
  t.deepEqual(found.actions, []);
  t.true(found.guard.tripped);
});

test('deleting a protected unit wants a confirmation', (t) => {
  t.true(
    plan({ before: [job('shop/a', {}, { protect: true }), ...keys(20)], after: keys(20) }).guard.tripped,
  );
});

test('a restart on a quorum member is a danger, elsewhere it is none', (t) => {
  const at = (text: string, groups: readonly string[]) => [
    server('q1', { files: { '/etc/nomad.hcl': text }, groups }),
  ];
  t.like(plan({ before: at('a', ['nomad']), after: at('b', ['nomad']) }).dangers, [
    { code: 'QuorumRestart' },
  ]);
  t.deepEqual(plan({ before: at('a', []), after: at('b', []) }).dangers, []);
});

test('a migration that was not there before runs once', (t) => {
  const found = plan({ before: [], after: [job('shop/migrate', { type: 'batch' }, { once: 'abc' })] });
  t.like(found.dangers, [{ code: 'RunsOnce', confirm: false }]);
});

test('loosened rules are the first danger; a person confirms them where merging is automatic', (t) => {
  const proposedRules = { ...sampleRules, approvals: { count: 0 }, merge: 'Auto' as const };
  const manual = plan({ before: keys(2), after: keys(1), proposedRules });
  t.like(manual.dangers[0], { code: 'RulesLoosened', confirm: false });
  const rules = { ...proposedRules, approvals: { count: 1 } };
  const auto = plan({ before: [], after: [], rules, proposedRules });
  t.like(auto.dangers, [{ code: 'RulesLoosened', confirm: true }]);
  t.true(auto.guard.tripped);
});

test('tightened rules are no danger', (t) => {
  const proposedRules = { ...sampleRules, approvals: { count: 2 } };
  t.deepEqual(plan({ before: [], after: [], proposedRules }).dangers, []);
});

test('unreadable rules count as loosened', (t) => {
  const proposedRules = { mode: 'Enforce' } as unknown as Rules;
  t.like(plan({ before: [], after: [], rules: sampleRules, proposedRules }).dangers, [
    { code: 'RulesLoosened' },
  ]);
});

test('a changed file that may cut a server off wants a confirmation, and a new one has nobody to lose', (t) => {
  const at = (text: string, contact: readonly string[] = ['/etc/nftables.conf']) =>
    server('s1', { files: { '/etc/nftables.conf': text }, contact });
  const found = (before: readonly SampleUnit[], after: readonly SampleUnit[]) =>
    plan({ before, after }).dangers.filter(({ code }) => code === 'CutsOff');
  t.like(found([at('a')], [at('b')]), [
    { confirm: true, message: 'May cut the server off: /etc/nftables.conf changes.' },
  ]);
  t.is(found([at('a')], [at('b', [])]).length, 1);
  t.is(found([at('a')], [server('s1')]).length, 1);
  t.is(found([server('s1')], [at('a')]).length, 1);
  t.deepEqual(found([at('a')], [at('a')]), []);
  t.deepEqual(found([at('a', [])], [at('b', [])]), []);
  t.deepEqual(found([], [at('a')]), []);
  t.deepEqual(found([at('a')], []), []);
});
