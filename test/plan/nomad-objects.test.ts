import test from 'ava';
import { type JsonObject, prettyJson } from '../../controller/model/json.ts';
import type { UnitKind } from '../../controller/model/tree.ts';
import { computePlan } from '../../controller/plan/compute-plan.ts';
import { type SampleUnit, sampleRules, tree } from './sample-tree.ts';

function unit(kind: UnitKind, document: JsonObject): SampleUnit {
  const path = `nomad/${kind}.json`;
  return { kind, key: 'one', wave: 30, path, files: { [path]: prettyJson(document) }, options: {} };
}

function between(kind: UnitKind, before: JsonObject, after: JsonObject) {
  const ids = { liveTreeId: 'a'.repeat(40), proposalTreeId: 'b'.repeat(40) };
  const [live, proposal] = [tree([unit(kind, before)]), tree([unit(kind, after)])];
  return computePlan({ environment: 'prod', live, proposal, rules: sampleRules, ...ids });
}

test('what changes in an object is said field by field', (t) => {
  const variable = between('nomad-variable', { Items: { a: '1', b: '2' } }, { Items: { a: '1', b: '3' } });
  t.deepEqual(variable.actions[0]?.highlights, ['Items b 2 → 3']);
  const volume = between('nomad-volume', { Type: 'host', Count: 1 }, { Type: 'host', Count: 3 });
  t.deepEqual(volume.actions[0]?.highlights, ['Count 1 → 3']);
});

test('binding rules are told by their names, and one that goes takes something away', (t) => {
  const rule = (name: string, type: string) => ({ Description: name, BindType: type });
  const found = between(
    'nomad-auth',
    { BindingRules: [rule('admins', 'policy'), rule('ci', 'policy')] },
    { BindingRules: [rule('admins', 'management')] },
  );
  t.deepEqual(found.actions[0]?.highlights, [
    'admins BindType policy → management',
    'BindingRules ci (changed) → none',
  ]);
  t.deepEqual(
    found.dangers.map(({ code, message }) => `${code}: ${message}`),
    ['TakesAway: The binding rule ci.'],
  );
});
