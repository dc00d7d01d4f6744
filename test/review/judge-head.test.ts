import test from 'ava';
import { SourceError, UnavailableError } from '../../controller/model/errors.ts';
import { judgeHead } from '../../controller/review/judge-head.ts';
import {
  type ProposalRecord,
  type ProposalRecords,
  readProposalRecords,
  recordPaths,
} from '../../controller/review/proposal-record.ts';
import { createFakeRecord } from '../fakes/record.ts';

const { signal } = new AbortController();
const tree = 'a'.repeat(40);
const digest = 'd'.repeat(64);
const at = '2026-01-01T00:00:00Z';

function proposal(more: Partial<ProposalRecord> = {}): ProposalRecord {
  return { digest, treeId: tree, definitions: 'c'.repeat(40), guard: { tripped: false }, at, ...more };
}

function records(more: Partial<ProposalRecords>): ProposalRecords {
  return { proposals: [], confirmations: [], approvals: [], quarantined: [], ...more };
}

test('a tree that was never proposed is foreign', (t) => {
  t.is(judgeHead(tree, records({})).state, 'foreign');
  t.is(judgeHead('b'.repeat(40), records({ proposals: [proposal()] })).state, 'foreign');
});

test('a proposed tree is approved, whatever commit carries it', (t) => {
  t.is(judgeHead(tree, records({ proposals: [proposal()] })).state, 'approved');
});

test('a tripped guard waits until that very digest is confirmed', (t) => {
  const proposals = [proposal({ guard: { tripped: true } })];
  t.is(judgeHead(tree, records({ proposals })).state, 'guard-tripped');
  const other = [{ digest: 'e'.repeat(64), by: 'alice', at }];
  t.is(judgeHead(tree, records({ proposals, confirmations: other })).state, 'guard-tripped');
  const right = [{ digest, by: 'alice', at }];
  t.is(judgeHead(tree, records({ proposals, confirmations: right })).state, 'approved');
});

test('approvals are counted by person', (t) => {
  const proposals = [proposal({ approvals: 2 })];
  const by = (...logins: readonly string[]) => logins.map((login) => ({ digest, by: login, at, turn: 0 }));
  t.is(judgeHead(tree, records({ proposals, approvals: by('alice', 'Alice') })).state, 'guard-tripped');
  t.is(judgeHead(tree, records({ proposals, approvals: by('alice', 'bob') })).state, 'approved');
  const takenBack = [...by('alice', 'bob'), { digest, by: 'Bob', at, turn: 1, withdrawn: true as const }];
  t.is(judgeHead(tree, records({ proposals, approvals: takenBack })).state, 'guard-tripped');
});

test('a tree proposed on two bases is judged by the proposal on its own base, else by the last', (t) => {
  const harmless = proposal({ baseTreeId: '1'.repeat(40) });
  const tripped = proposal({
    digest: 'e'.repeat(64),
    baseTreeId: '2'.repeat(40),
    guard: { tripped: true },
    at: '2026-01-02T00:00:00Z',
  });
  const given = records({ proposals: [tripped, harmless] });
  t.is(judgeHead(tree, given, ['1'.repeat(40)]).state, 'approved');
  t.is(judgeHead(tree, given, ['2'.repeat(40)]).state, 'guard-tripped');
  t.is(judgeHead(tree, given).state, 'guard-tripped');
});

test('records come back as they were written, and a second writing appends nothing', async (t) => {
  const record = createFakeRecord();
  const written = proposal();
  const entries = new Map([[recordPaths.proposal('prod', written), { ...written }]]);
  t.is((await record.append(entries, signal)).length, 1);
  const later = new Map([
    [recordPaths.proposal('prod', written), { ...written, at: '2027-01-01T00:00:00Z' }],
  ]);
  t.is((await record.append(later, signal)).length, 0);
  const read = await readProposalRecords(record, 'prod', signal);
  t.deepEqual(read, records({ proposals: [written] }));
  t.deepEqual((await readProposalRecords(record, 'dev', signal)).proposals, []);
});

test('poisoned records are quarantined, the others are served', async (t) => {
  const record = createFakeRecord();
  const folder = recordPaths.proposals('prod');
  const poison = [
    null,
    [],
    'text',
    7,
    { digest },
    { ...proposal(), guard: { tripped: 'no' } },
    { __proto__: 1 },
  ];
  for (const [index, value] of poison.entries()) record.files.set(`${folder}x/${index}.json`, value);
  record.files.set(recordPaths.proposal('prod', proposal()), { ...proposal() });
  const broken = {
    ...record,
    read: async (path: string) => {
      if (path.endsWith('x/0.json')) throw new SourceError('no JSON');
      return record.files.get(path);
    },
  };
  const read = await readProposalRecords(broken, 'prod', signal);
  t.is(read.proposals.length, 1);
  t.is(read.quarantined.length, poison.length);
});

test('a remote that is down is an error, not an empty record', async (t) => {
  const record = createFakeRecord();
  record.files.set(recordPaths.proposal('prod', proposal()), { ...proposal() });
  const down = {
    ...record,
    read: async () => {
      throw new UnavailableError('down');
    },
  };
  await t.throwsAsync(readProposalRecords(down, 'prod', signal), { instanceOf: UnavailableError });
});
