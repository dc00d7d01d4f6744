import test from 'ava';
import { judgeHead } from '../../controller/review/judge-head.ts';
import { readProposalRecords, recordPaths } from '../../controller/review/proposal-record.ts';
import { recordDecisions } from '../../controller/review/record-decisions.ts';
import { createFakeForge } from '../fakes/forge.ts';
import { createFakeRecord } from '../fakes/record.ts';

const { signal } = new AbortController();
const head = 'b'.repeat(40);
const digest = '4f1c9a2e'.padEnd(64, '0');
const at = '2026-01-01T00:00:00Z';
const proposal = {
  digest,
  treeId: 'c'.repeat(40),
  definitions: 'd'.repeat(40),
  guard: { tripped: true },
  approvals: 1,
  at,
};

async function prepared() {
  const forge = createFakeForge();
  forge.world.setBranch('env/prod', 'a'.repeat(40));
  forge.world.setBranch('env/prod-next', head);
  const request = { head: 'env/prod-next', base: 'env/prod', title: 'prod', author: 'drover' };
  const { number } = forge.world.openPull(request);
  const record = createFakeRecord();
  await record.append(new Map([[recordPaths.proposal('prod', proposal), proposal]]), signal);
  const decide = (now = at) =>
    recordDecisions(
      { ...forge, record },
      { environment: 'prod', pull: number, head, digest, confirmers: [], authors: ['drover'], at: now },
      signal,
    );
  const judge = async () =>
    judgeHead(proposal.treeId, await readProposalRecords(record, 'prod', signal)).state;
  return { forge, record, number, decide, judge };
}

test('what people said opens the way for the head, and a second reading writes nothing', async (t) => {
  const { forge, record, number, decide, judge } = await prepared();
  t.is(await judge(), 'guard-tripped');
  forge.world.comment(number, 'alice', 'drover confirm 4f1c9a2e');
  t.deepEqual((await decide()).confirmedBy, ['alice']);
  t.is(await judge(), 'guard-tripped');
  forge.world.review(number, 'bob', 'approved');
  t.deepEqual((await decide()).approvedBy, ['bob']);
  t.is(await judge(), 'approved');
  const files = [...record.files];
  await decide('2026-02-02T00:00:00Z');
  t.deepEqual([...record.files], files);
});

test('an approval that is taken back does not count, and one that is given anew does', async (t) => {
  const { forge, number, decide, judge } = await prepared();
  forge.world.comment(number, 'alice', 'drover confirm 4f1c9a2e');
  forge.world.review(number, 'bob', 'approved');
  await decide();
  forge.world.review(number, 'bob', 'changes-requested');
  await decide();
  t.is(await judge(), 'guard-tripped');
  forge.world.review(number, 'bob', 'approved');
  await decide();
  t.is(await judge(), 'approved');
});

test('who confirms, approves and merges between two looks is heard after the merge', async (t) => {
  const { forge, number, decide, judge } = await prepared();
  forge.world.comment(number, 'alice', 'drover confirm 4f1c9a2e');
  forge.world.review(number, 'alice', 'approved');
  await forge.world.mergeAs(number, 'alice');
  await decide();
  t.is(await judge(), 'approved');
});

test('a merge past a red check waits, and goes on when somebody confirms on the merged pull request', async (t) => {
  const { forge, number, decide, judge } = await prepared();
  forge.world.review(number, 'bob', 'approved');
  await forge.world.mergeAs(number, 'mallory');
  await decide();
  t.is(await judge(), 'guard-tripped');
  forge.world.comment(number, 'alice', 'drover confirm 4f1c9a2e');
  await decide();
  t.is(await judge(), 'approved');
});
