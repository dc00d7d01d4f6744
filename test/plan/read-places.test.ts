import test from 'ava';
import { type FileTree, treeFiles } from '../../controller/model/tree.ts';
import { computePlan } from '../../controller/plan/compute-plan.ts';
import { job, sampleRules, tree } from './sample-tree.ts';

const web = (count: number) => tree([job('shop/web', { count })]);
const withMetadata = (files: FileTree, text: string): FileTree =>
  new Map([...files, [treeFiles.metadata, new TextEncoder().encode(text)]]);
const withSource = (files: FileTree, place: unknown): FileTree =>
  withMetadata(files, JSON.stringify({ drover: { sources: { 'nomad-job:shop/web': place } } }));

function placeIn(live: FileTree, proposal: FileTree) {
  const ids = { liveTreeId: 'a'.repeat(40), proposalTreeId: 'b'.repeat(40) };
  const { actions } = computePlan({ environment: 'prod', live, proposal, rules: sampleRules, ...ids });
  return actions[0]?.source;
}

const path = 'fleet/shop/web.yaml';

test('a change is at the line of the proposal, a deletion at that of the live tree', (t) => {
  const [before, after] = [withSource(web(1), `${path}:7`), withSource(web(2), `${path}:9`)];
  t.deepEqual(placeIn(before, after), { path, line: 9 });
  t.deepEqual(placeIn(before, tree([])), { path, line: 7 });
});

test('a place that is not known has no line', (t) => {
  for (const place of ['other.yaml:3', `${path}:`, `${path}:0`, `${path}:x`, `${path}:3:4`, 3, null]) {
    t.deepEqual(placeIn(web(1), withSource(web(2), place)), { path }, String(place));
  }
  for (const text of ['', '[]', '{"drover":3}', 'not json']) {
    t.deepEqual(placeIn(web(1), withMetadata(web(2), text)), { path }, text);
  }
});
