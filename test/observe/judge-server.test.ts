import test from 'ava';
import { type JudgeInput, judgeServer } from '../../controller/observe/judge-server.ts';
import type { NodeFacts } from '../../controller/observe/read-node.ts';

const now = Date.UTC(2026, 0, 1);
const order = { epoch: 1, sequence: 7, issue: now - 60_000 };
const hash = 'a'.repeat(64);
const sent = { hash, attempt: 0, order, issuedAt: now - 60_000, notAfter: now + 600_000 };
const seen = { hash, attempt: 0, order };
const facts: NodeFacts = {
  now,
  bootedAt: now - 3_600_000,
  heartbeatAt: now - 1000,
  verifiedAt: now - 1000,
  appliedAt: now - 50_000,
  state: 'applied',
  seen,
  applied: seen,
  driftCount: 0,
};
const report = {
  v: 1,
  server: 'web-1',
  state: 'failed',
  hash,
  order: '1.7.0',
  attempt: 0,
  error: 'no space left',
} as const;

const judge = (changes: Partial<JudgeInput>) =>
  judgeServer({
    server: 'web-1',
    sent,
    facts,
    report: undefined,
    nowMs: now,
    intervalMs: 5000,
    deadlineMs: 600_000,
    ...changes,
  });
const stateWith = (changes: Partial<NodeFacts>) => judge({ facts: { ...facts, ...changes } }).state;

test('applied, confirmed, fresh and undrifted is converged', (t) => {
  t.is(judge({}).state, 'converged');
});

test('a textfile that outlived its agent is silent in a fresh scrape', (t) => {
  t.is(stateWith({ heartbeatAt: now - 15_001 }), 'silent');
  t.is(stateWith({ heartbeatAt: now - 15_000 }), 'converged');
});

test('the clocks of server and controller need not agree', (t) => {
  const dayMs = 24 * 3_600_000;
  const slow = Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      typeof value === 'number' && value > 1000 ? value - dayMs : value,
    ]),
  ) as unknown as NodeFacts;
  const status = judge({ facts: slow });
  t.is(status.state, 'converged');
  t.is(status.appliedAt, now - 50_000);
});

test('the failed state of an earlier payload is not that of the one just sent', (t) => {
  t.is(stateWith({ state: 'failed', seen: { ...seen, hash: 'b'.repeat(64) } }), 'sent');
  t.is(stateWith({ state: 'failed', seen: { ...seen, attempt: 1 } }), 'sent');
  t.is(stateWith({ state: 'failed' }), 'failed');
});

test('a failure is told in the words of the server', (t) => {
  const status = judge({ facts: { ...facts, state: 'reverted' }, report });
  t.is(status.state, 'failed');
  t.is(status.message, 'no space left');
});

test('the words about another payload are not repeated', (t) => {
  const status = judge({ facts: { ...facts, state: 'failed' }, report: { ...report, hash: 'b'.repeat(64) } });
  t.not(status.message, 'no space left');
});

test('a refusal counts only for the very value in the key', (t) => {
  const other = { ...facts, seen: { ...seen, hash: 'b'.repeat(64) } };
  const refusal = { ...report, state: 'rejected' as const, error: 'refused (signature)' };
  const ofThis = `1.7.${order.issue}`;
  t.is(judge({ facts: other, report: { ...refusal, order: ofThis } }).state, 'rejected');
  t.is(judge({ facts: other, report: refusal }).state, 'sent');
});

test('a server that has taken a greater order is rejected, with both orders named', (t) => {
  const ahead = { ...seen, hash: 'b'.repeat(64), order: { ...order, epoch: 2 } };
  const status = judge({ facts: { ...facts, seen: ahead } });
  t.is(status.state, 'rejected');
  t.true(status.message.includes('2.7.') && status.message.includes('1.7.'));
});

test('booted after the last check is rebooted, until the first check after it', (t) => {
  t.is(stateWith({ bootedAt: now - 500 }), 'rebooted');
  t.is(stateWith({ bootedAt: now - 2000, verifiedAt: now - 1000 }), 'converged');
});

test('drift is told with its count', (t) => {
  t.is(stateWith({ driftCount: 2 }), 'drifted');
});

test('a payload that waits for a secret is waiting, never converged', (t) => {
  t.is(stateWith({ state: 'waiting', applied: undefined }), 'waiting');
});

test('applying for longer than the deadline is failed', (t) => {
  t.is(stateWith({ state: 'applying' }), 'applying');
  t.is(judge({ facts: { ...facts, state: 'applying' }, deadlineMs: 50_000 }).state, 'failed');
  t.is(judge({ facts: { ...facts, seen: undefined }, deadlineMs: 50_000 }).state, 'failed');
});

test('a server that can not be asked is silent, but not in the moment after it was sent something', (t) => {
  t.is(judge({ facts: undefined }).state, 'silent');
  t.is(judge({ facts: undefined, sent: { ...sent, issuedAt: now - 10_000 } }).state, 'sent');
  t.is(judge({ facts: undefined, sent: undefined }).state, 'silent');
});

test('one that fell silent with the payload in its hands has failed', (t) => {
  t.is(judge({ facts: undefined, report: { ...report, state: 'applying' } }).state, 'failed');
  t.is(stateWith({ heartbeatAt: now - 60_000, state: 'confirming' }), 'failed');
  t.is(judge({ facts: undefined, report: { ...report, state: 'applied' } }).state, 'silent');
});

test('a server with an empty key is pending', (t) => {
  t.is(judge({ sent: undefined }).state, 'pending');
});
