import type { TestFn } from 'ava';
import { UnavailableError } from '../../controller/model/errors.ts';
import type { Metrics } from '../../controller/ports/metrics.ts';

export interface MetricsSetup {
  readonly metrics: Metrics;
  /** Serves `drover_test{path="a\"b"} 1.5` beside whatever else. */
  readonly url: string;
  /** Nobody answers there. */
  readonly deadUrl: string;
}

/** What every reader of metrics promises. */
export function metricsContract(test: TestFn, name: string, create: () => Promise<MetricsSetup>): void {
  const signal = AbortSignal.timeout(60_000);

  test(`${name}: samples have name, labels and value`, async (t) => {
    const { metrics, url } = await create();
    const samples = await metrics.scrape({ server: 'web-1', url }, signal);
    const found = samples.find((sample) => sample.name === 'drover_test');
    t.deepEqual(found, { name: 'drover_test', labels: { path: 'a"b' }, value: 1.5 });
  });

  test(`${name}: a server that does not answer is unavailable`, async (t) => {
    const { metrics, deadUrl } = await create();
    await t.throwsAsync(metrics.scrape({ server: 'web-1', url: deadUrl }, signal), {
      instanceOf: UnavailableError,
    });
  });

  test(`${name}: an aborted signal is obeyed`, async (t) => {
    const { metrics, url } = await create();
    const reason = new Error('enough');
    const scrape = metrics.scrape({ server: 'web-1', url }, AbortSignal.abort(reason));
    t.is(await t.throwsAsync(scrape), reason);
  });
}
