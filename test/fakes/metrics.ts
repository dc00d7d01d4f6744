import { UnavailableError } from '../../controller/model/errors.ts';
import type { Metrics, Sample } from '../../controller/ports/metrics.ts';

export interface FakeMetrics extends Metrics {
  /** By URL; what is missing does not answer. */
  readonly pages: Map<string, readonly Sample[]>;
}

export function createFakeMetrics(): FakeMetrics {
  const pages = new Map<string, readonly Sample[]>();
  return {
    pages,
    async scrape({ server, url }, signal) {
      signal.throwIfAborted();
      const samples = pages.get(url);
      if (samples === undefined) throw new UnavailableError(`the metrics of ${server} can't be read`);
      return samples;
    },
  };
}
