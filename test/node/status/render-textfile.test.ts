import test from 'ava';
import { emptyState, payloadId } from '../../../controller/node/journal/state.ts';
import { type AgentStatus, noRejections, toReport } from '../../../controller/node/status/agent-status.ts';
import { renderTextfile } from '../../../controller/node/status/render-textfile.ts';
import { headerOf, makeKeys, makeManifest } from '../make-payload.ts';

const manifest = makeManifest(await makeKeys(), { manifest: { revision: 'a"b\\c\nd' } });
const applied = { ...payloadId(manifest), manifest, appliedAt: 1_500, isIntact: true };
const fresh: AgentStatus = {
  environment: 'dev',
  server: 'web-1',
  journal: emptyState,
  rejection: undefined,
  rejectedCounts: noRejections,
  heartbeatAt: 1_763_724_000_250,
  verifiedAt: 0,
  driftCount: 0,
  bootId: 'boot',
};

test('a fresh node says pending and names no payload', (t) => {
  const text = renderTextfile(fresh);
  t.true(text.includes('drover_l1_state{state="pending"} 1\n'));
  t.false(text.includes('drover_l1_info{'));
  t.true(text.includes('drover_l1_heartbeat_timestamp_seconds 1763724000.25\n'));
});

test('exactly one state is 1', (t) => {
  const text = renderTextfile({ ...fresh, journal: { ...emptyState, state: 'held' } });
  t.deepEqual(text.match(/drover_l1_state\{state="(\w+)"\} 1/g), ['drover_l1_state{state="held"} 1']);
});

test('label values are escaped', (t) => {
  const text = renderTextfile({ ...fresh, journal: { ...emptyState, last: payloadId(manifest) } });
  t.true(text.includes('revision="a\\"b\\\\c\\nd"'), text);
});

test('each metric has one HELP and TYPE above its samples, and the file ends with a newline', (t) => {
  const text = renderTextfile({ ...fresh, journal: { ...emptyState, last: payloadId(manifest), applied } });
  t.true(text.endsWith('\n'));
  const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
  t.is(new Set(names).size, names.length);
  for (const line of text.trimEnd().split('\n'))
    t.regex(line, /^(# (HELP|TYPE) |drover_l1_[a-z0-9_]+(\{.*\})? [0-9.]+$)/);
});

test('what waits for a secret is not called applied', (t) => {
  const waiting = { ...applied, manifest: { ...manifest, waiting: ['/etc/x'] } };
  t.false(
    renderTextfile({ ...fresh, journal: { ...emptyState, applied: waiting } }).includes('phase="applied"'),
  );
});

test('a refused payload is reported under the hash that its header claims', (t) => {
  const header = { ...headerOf(manifest), hash: 'claimed' };
  const rejection = { rejection: { reason: 'signature', message: 'no' } as const, header };
  const report = toReport({ ...fresh, journal: { ...emptyState, applied, state: 'applied' }, rejection });
  t.like(report, { state: 'rejected', hash: 'claimed', error: 'refused (signature): no' });
});

test('a lower order leaves the state as it is', (t) => {
  const rejection = { rejection: { reason: 'order', message: 'no' } as const, header: headerOf(manifest) };
  t.is(toReport({ ...fresh, journal: { ...emptyState, state: 'applied' }, rejection }).state, 'applied');
});
