import test from 'ava';
import type { RejectReason } from '../../controller/model/payload.ts';
import { emptyState, payloadId } from '../../controller/node/journal/state.ts';
import { noRejections } from '../../controller/node/status/agent-status.ts';
import { renderTextfile } from '../../controller/node/status/render-textfile.ts';
import { createControllerMetrics } from '../../controller/report/prometheus.ts';
import { makeKeys, makeManifest } from '../node/make-payload.ts';
import { readPages } from './markdown.ts';

const page = (await readPages()).get('docs/metrics.md') ?? '';

interface Row {
  readonly name: string;
  readonly type: string;
  readonly labels: readonly string[];
}

const rows: readonly Row[] = [...page.matchAll(/^\| `(drover_\w+)` \| (\w+) \|\s*([^|]*?)\s*\|/gm)].map(
  ([, name = '', type = '', labels = '']) => ({
    name,
    type,
    labels: [...labels.matchAll(/`(\w+)`/g)].map(([, label = '']) => label),
  }),
);

const byName = (a: Row, b: Row) => (a.name < b.name ? -1 : 1);

test('the metrics of the controller are those of the page, with type and labels', async (t) => {
  const { registry } = createControllerMetrics();
  const real = (await registry.getMetricsAsJSON()).map(({ name, type }): Row => {
    const { labelNames } = registry.getSingleMetric(name) as unknown as { labelNames: readonly string[] };
    return { name, type: String(type), labels: labelNames };
  });
  t.deepEqual(
    rows.filter(({ name }) => !name.startsWith('drover_l1_')).toSorted(byName),
    real.toSorted(byName),
  );
});

test('the metrics of the agent are those of the page, with type and labels', async (t) => {
  const manifest = makeManifest(await makeKeys());
  const text = renderTextfile({
    environment: 'dev',
    server: 'web-1',
    journal: {
      ...emptyState,
      last: payloadId(manifest),
      applied: { ...payloadId(manifest), manifest, appliedAt: 1, isIntact: true },
    },
    rejection: undefined,
    rejectedCounts: noRejections,
    heartbeatAt: 1,
    verifiedAt: 1,
    driftCount: 0,
    bootId: 'boot',
  });
  const real = [...text.matchAll(/^# TYPE (\w+) (\w+)\n\w+(?:\{(.*?)\})? /gm)].map(
    ([, name = '', type = '', labels = '']): Row => ({
      name,
      type,
      labels: [...labels.matchAll(/(\w+)="/g)].map(([, label = '']) => label),
    }),
  );
  t.deepEqual(
    rows.filter(({ name }) => name.startsWith('drover_l1_')).toSorted(byName),
    real.toSorted(byName),
  );
});

test('every reason of a refusal is on the page', (t) => {
  for (const reason of Object.keys(noRejections) as RejectReason[])
    t.true(page.includes(`\`${reason}\``), reason);
});
