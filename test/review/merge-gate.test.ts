import test from 'ava';
import type { Plan } from '../../controller/model/plan.ts';
import { type GateInput, judgeMerge } from '../../controller/review/merge-gate.ts';
import { sampleRules } from '../plan/sample-tree.ts';

const plan: Plan = {
  environment: 'prod',
  digest: 'd'.repeat(64),
  actions: [],
  dangers: [],
  guard: { taken: 0, total: 0, allowed: 1, tripped: false },
};

const open: GateInput = {
  rules: { ...sampleRules, merge: 'Auto' },
  plan,
  confirmedBy: [],
  approvals: { approvedBy: [], refusedBy: [] },
  checks: [{ context: 'drover/plan: prod', state: 'success', description: '' }],
  ownContexts: ['drover/gate: prod'],
  requiredContexts: ['drover/plan: prod'],
};

const words = (input: Partial<GateInput>) =>
  judgeMerge({ ...open, ...input }).missing.map((piece) => piece.words);

test('with nothing missing it merges itself only where the rules say so', (t) => {
  t.true(judgeMerge(open).mayMergeItself);
  const manual = judgeMerge({ ...open, rules: sampleRules });
  t.true(manual.isOpen);
  t.false(manual.mayMergeItself);
});

test('a tripped guard waits for a confirmation', (t) => {
  const tripped = { ...plan, guard: { ...plan.guard, tripped: true } };
  t.deepEqual(words({ plan: tripped }), ['1 confirmation']);
  t.deepEqual(words({ plan: tripped, confirmedBy: ['alice'] }), []);
});

test('approvals are counted, refusals block', (t) => {
  const rules = { ...sampleRules, approvals: { count: 2 } };
  t.deepEqual(words({ rules, approvals: { approvedBy: ['alice'], refusedBy: [] } }), ['1 approval']);
  const refused = { approvedBy: ['alice', 'bob'], refusedBy: ['carol'] };
  t.deepEqual(words({ rules, approvals: refused }), ['the changes that carol asks for']);
});

test('a red, pending or absent check is missing; our own verdict does not wait for itself', (t) => {
  const checks = [
    { context: 'ci/test', state: 'pending', description: '' },
    { context: 'drover/gate: prod', state: 'failure', description: '' },
  ] as const;
  t.deepEqual(words({ checks }), ['ci/test (pending)', 'drover/plan: prod (not there)']);
});

test('other gates are named', (t) => {
  t.deepEqual(words({ gates: ['dev to converge'] }), ['dev to converge']);
});
