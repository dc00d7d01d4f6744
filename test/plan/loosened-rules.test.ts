import test from 'ava';
import * as fc from 'fast-check';
import { coversPolicy } from '../../controller/kinds/policy/covers-policy.ts';
import type { AcceptedFinding, ResourcePolicy } from '../../controller/model/environment.ts';
import { loosenedPolicies } from '../../controller/plan/dangers/loosened-policies.ts';
import { loosenedWaivers } from '../../controller/plan/dangers/loosened-waivers.ts';
import { fakeRules } from '../fakes/rules.ts';

const policy: ResourcePolicy = {
  name: 'p',
  rule: 'vars.a == 1',
  message: 'no',
  level: 'Error',
  vars: { a: 1 },
};

function policyWords(before: ResourcePolicy, ...after: readonly ResourcePolicy[]): readonly string[] {
  return loosenedPolicies(fakeRules({ resourcePolicies: [before] }), fakeRules({ resourcePolicies: after }));
}

const changes: Readonly<Record<string, readonly [Partial<ResourcePolicy>, string]>> = {
  'another rule': [{ rule: 'true' }, 'the policy p has another rule'],
  'a lower level': [{ level: 'Warning' }, 'the policy p only warns'],
  'fewer kinds': [{ match: { kinds: ['Server'] } }, 'the policy p is not about all that it was about'],
  'other variables': [{ vars: { a: 2 } }, 'the policy p reads other values of vars.a'],
  'another name and rule': [{ name: 'q', rule: 'true' }, 'the policy p goes'],
};

for (const [what, [change, words]] of Object.entries(changes)) {
  test(`a policy with ${what} is told`, (t) => {
    t.deepEqual(policyWords(policy, { ...policy, ...change }), [words]);
  });
}

test('a policy with another name, another message or more definitions is not told, nor is a new one', (t) => {
  const narrow = { ...policy, match: { kinds: ['Server'], namespaces: ['shop'] } };
  t.deepEqual(policyWords(policy, { ...policy, name: 'q', message: 'none' }), []);
  t.deepEqual(policyWords(narrow, policy), []);
  t.deepEqual(policyWords(narrow, { ...narrow, match: { kinds: ['Server', 'Network'] } }), []);
  t.deepEqual(policyWords({ ...policy, level: 'Warning' }, policy), []);
  t.deepEqual(loosenedPolicies(fakeRules(), fakeRules({ resourcePolicies: [policy] })), []);
});

const list = fc.option(fc.uniqueArray(fc.constantFrom('a', 'b', 'c')), { nil: undefined });
const anyPolicy: fc.Arbitrary<ResourcePolicy> = fc
  .record({
    rule: fc.constantFrom('true', 'false'),
    level: fc.constantFrom<ResourcePolicy['level'][]>('Error', 'Warning'),
    kinds: list,
    namespaces: list,
  })
  .map(({ rule, level, kinds, namespaces }) => {
    const match = {
      ...(kinds === undefined ? {} : { kinds }),
      ...(namespaces === undefined ? {} : { namespaces }),
    };
    return { name: 'p', message: '', rule, level, match };
  });

test('a policy covers itself, and what covers a cover covers', (t) => {
  fc.assert(fc.property(anyPolicy, (a) => coversPolicy(a, a)));
  fc.assert(
    fc.property(anyPolicy, anyPolicy, anyPolicy, (a, b, c) => {
      return !(coversPolicy(a, b) && coversPolicy(b, c)) || coversPolicy(a, c);
    }),
  );
  t.pass();
});

function waiver(change: Partial<AcceptedFinding> = {}): AcceptedFinding {
  return { code: 'DRV0504', until: '2026-12-31', reason: 'its rack', on: ['Server/a'], ...change };
}

function waiverWords(
  before: readonly AcceptedFinding[],
  after: readonly AcceptedFinding[],
): readonly string[] {
  return loosenedWaivers(fakeRules({ waivers: before }), fakeRules({ waivers: after }));
}

test('a new waiver is told with code, definitions, day and reason', (t) => {
  t.deepEqual(waiverWords([], [waiver()]), ['waives DRV0504 of Server/a until 2026-12-31 (its rack)']);
  const on = ['a', 'b', 'c', 'd', 'e'].map((name) => `Server/${name}`);
  t.deepEqual(waiverWords([waiver()], [waiver({ on })]), [
    'waives DRV0504 of Server/b, Server/c, Server/d, 1 more until 2026-12-31 (its rack)',
  ]);
});

test('a waiver for longer or of another code is told, one for shorter or with another reason is not', (t) => {
  t.is(waiverWords([waiver()], [waiver({ until: '2027-01-01' })]).length, 1);
  t.is(waiverWords([waiver()], [waiver({ code: 'DRV0505' })]).length, 1);
  t.deepEqual(waiverWords([waiver()], [waiver({ until: '2026-12-30', reason: 'another' })]), []);
  t.deepEqual(
    waiverWords([waiver({ until: '2027-06-30' }), waiver()], [waiver({ until: '2027-01-01' })]),
    [],
  );
  t.deepEqual(waiverWords([waiver()], []), []);
});

test('a crowd of waivers is told in bounded length', (t) => {
  const many = Array.from({ length: 1000 }, (_, index) =>
    waiver({ on: [`Server/${index}`], reason: 'r'.repeat(5000) }),
  );
  const words = waiverWords([], many);
  t.is(words.length, 21);
  t.is(words.at(-1), '980 more waivers');
  t.true(words.join(', ').length < 10_000);
});
