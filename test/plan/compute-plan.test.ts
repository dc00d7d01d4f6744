import test from 'ava';
import * as fc from 'fast-check';
import { SourceError } from '../../controller/model/errors.ts';
import type { FileTree } from '../../controller/model/tree.ts';
import { computePlan, type PlanInput } from '../../controller/plan/compute-plan.ts';
import { planDigest } from '../../controller/plan/digest.ts';
import { consulKey, job, type SampleUnit, sampleRules, server, tree } from './sample-tree.ts';

function plan(live: FileTree, proposal: FileTree, more: Partial<PlanInput> = {}) {
  const ids = { liveTreeId: 'a'.repeat(40), proposalTreeId: 'b'.repeat(40) };
  return computePlan({ environment: 'prod', live, proposal, rules: sampleRules, ...ids, ...more });
}

function between(before: readonly SampleUnit[], after: readonly SampleUnit[]) {
  return plan(tree(before), tree(after));
}

const unit: fc.Arbitrary<SampleUnit> = fc.oneof(
  fc
    .record({ name: fc.constantFrom('a', 'b', 'c'), count: fc.nat(3), protect: fc.boolean() })
    .map(({ name, count, protect }) => job(`shop/${name}`, { count }, { protect })),
  fc
    .record({ name: fc.constantFrom('k/a', 'k/b'), value: fc.string() })
    .map(({ name, value }) => consulKey(name, value)),
  fc
    .record({ name: fc.constantFrom('s1', 's2'), text: fc.string(), stopped: fc.boolean() })
    .map(({ name, text, stopped }) => server(name, { files: { '/etc/nomad.hcl': text }, stopped })),
);
const units = fc.uniqueArray(unit, { selector: ({ kind, key }) => `${kind}:${key}`, maxLength: 6 });

test('a tree against itself has no actions, no dangers, and nothing taken', (t) => {
  fc.assert(
    fc.property(units, (all) => {
      const { actions, dangers, guard } = between(all, all);
      return actions.length === 0 && dangers.length === 0 && guard.taken === 0 && !guard.tripped;
    }),
  );
  t.pass();
});

test('the order of the inventory does not matter', (t) => {
  fc.assert(
    fc.property(units, units, (before, after) => {
      const shuffled = between([...before].reverse(), [...after].reverse());
      t.deepEqual(shuffled, between(before, after));
    }),
    { numRuns: 40 },
  );
});

test('what is created one way is deleted the other way', (t) => {
  fc.assert(
    fc.property(units, units, (before, after) => {
      const verbs = (wanted: string, from: typeof before, to: typeof before) =>
        between(from, to)
          .actions.filter(({ verb }) => verb === wanted)
          .map(({ kind, key }) => `${kind}:${key}`);
      t.deepEqual(verbs('create', before, after), verbs('delete', after, before));
    }),
    { numRuns: 40 },
  );
});

test('the digest depends on environment, trees and rules, and on nothing else', (t) => {
  const input = { environment: 'prod', liveTreeId: 'a', proposalTreeId: 'b', rules: sampleRules };
  const digest = planDigest(input);
  t.regex(digest, /^[0-9a-f]{64}$/);
  t.is(planDigest({ ...input, rules: { ...sampleRules } }), digest);
  const others = [
    { ...input, environment: 'dev' },
    { ...input, liveTreeId: 'c' },
    { ...input, proposalTreeId: 'c' },
    { ...input, rules: { ...sampleRules, soakMs: 1 } },
  ];
  t.is(new Set([digest, ...others.map(planDigest)]).size, 5);
});

test('a broken inventory is an error, never a deletion', (t) => {
  const live = tree([job('shop/a')]);
  const broken = [
    '',
    '[]',
    '{"version":2,"entries":[]}',
    '{"version":1,"entries":[{"kind":"__proto__"}]}',
    '{"version":1,"entries":[null]}',
  ];
  for (const text of broken) {
    const proposal = new Map([...live, ['inventory.json', new TextEncoder().encode(text)]]);
    t.throws(() => plan(live, proposal), { instanceOf: SourceError }, text);
  }
  const missing = new Map([...live].filter(([path]) => path !== 'inventory.json'));
  t.throws(() => plan(live, missing), { instanceOf: SourceError });
});

test('a hand-made change of the live files is seen although its inventory says nothing of it', (t) => {
  const approved = tree([consulKey('a', 'one')]);
  const live = new Map([...approved, ['consul/kv/a.value', new TextEncoder().encode('by hand')]]);
  const [action] = plan(live, approved).actions;
  t.is(action?.verb, 'update');
  t.regex(action?.files[0]?.diff ?? '', /-by hand\n[^]*\+one/);
});

test('units that watch a changed file restart, others do not', (t) => {
  const at = (nomad: string, motd: string) => [
    server('s1', { files: { '/etc/nomad.hcl': nomad, '/etc/motd': motd } }),
  ];
  t.deepEqual(between(at('a', 'x'), at('b', 'x')).actions[0]?.restarts, ['nomad']);
  t.deepEqual(between(at('a', 'x'), at('a', 'y')).actions[0]?.restarts, []);
});

test('a new image replaces allocations, a new count does not', (t) => {
  const image = between([job('shop/a', { image: 'web:1' })], [job('shop/a', { image: 'web:2' })]);
  t.deepEqual(image.actions[0]?.restarts, ['2 allocations of app']);
  t.deepEqual(image.actions[0]?.highlights, ['web image web:1 → web:2']);
  t.deepEqual(between([job('shop/a')], [job('shop/a', { count: 5 })]).actions[0]?.restarts, []);
});

test('a sensitive file shows only that it changed', (t) => {
  const at = (text: string) => [server('s1', { files: { '/etc/key': text }, sensitive: ['/etc/key'] })];
  const found = between(at('hunter2-old'), at('hunter2-new'));
  t.false(JSON.stringify(found).includes('hunter2'));
  t.regex(found.actions[0]?.files[0]?.note ?? '', /sensitive/);
});

test('binary content is not shown', (t) => {
  const at = (byte: number): SampleUnit => {
    const sample = consulKey('a', '');
    return { ...sample, files: { [sample.path]: Uint8Array.of(0, byte) } };
  };
  t.is(between([at(1)], [at(2)]).actions[0]?.files[0]?.note, 'binary, 2 → 2 bytes');
});

test('a job whose type changes is replaced', (t) => {
  const found = between([job('shop/a')], [job('shop/a', { type: 'batch' })]);
  t.is(found.actions[0]?.verb, 'replace');
  t.true(found.dangers.some(({ code }) => code === 'Replace'));
});
