import test from 'ava';
import type { ServerState, ServerStatus } from '../../controller/model/server-status.ts';
import { measureConvergence } from '../../controller/observe/convergence.ts';

const server = (index: number, state: ServerState = 'converged'): ServerStatus => ({
  server: `web-${String(index).padStart(3, '0')}`,
  state,
  message: '',
  hash: 'h',
  issuedAt: 1000,
  appliedAt: 1000 + index * 10,
});
const fleet = (count: number) => Array.from({ length: count }, (_, index) => server(index + 1));

test('a fleet that is done says so', (t) => {
  t.is(measureConvergence(fleet(3)).summary, '3/3 servers, 0 pending, 0 failed');
});

test('the number that matters first', (t) => {
  const statuses = [server(1), server(2), server(3, 'failed'), server(4, 'silent'), server(5, 'sent')];
  t.is(measureConvergence(statuses).summary, '2/5 servers, 1 failed, 1 silent, 1 pending');
});

test('held servers are not counted, and named', (t) => {
  const convergence = measureConvergence([server(1), server(2, 'held')]);
  t.is(convergence.total, 1);
  t.is(convergence.summary, '1/1 servers, 0 pending, 0 failed, 1 held');
});

test('percentiles are those of real servers, and the slowest come first', (t) => {
  const { times, slowest } = measureConvergence(fleet(100));
  t.deepEqual(times, { p50Ms: 500, p95Ms: 950, maxMs: 1000 });
  t.is(slowest.length, 10);
  t.deepEqual(slowest[0], { server: 'web-100', durationMs: 1000 });
});

test('a renewed payload is no measure', (t) => {
  const renewed = { ...server(1), issuedAt: 5000 };
  t.is(measureConvergence([renewed]).times, undefined);
});
