import PQueue from 'p-queue';
import { UnavailableError } from '../model/errors.ts';
import type { Metrics, Sample } from '../ports/metrics.ts';

const scrapesAtOnce = 64;

/** The three collectors that carry what is judged: the agent's textfile, boot time, and the server's clock. */
const collectors = ['textfile', 'stat', 'time'];

export interface ScrapeTarget {
  readonly server: string;
  readonly address: string;
}

/** Metrics by server, with bounded concurrency; `undefined` for one that does not answer in time. */
export async function scrapeFleet(
  metrics: Metrics,
  { targets, metricsPort }: { targets: readonly ScrapeTarget[]; metricsPort: number },
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly Sample[] | undefined>> {
  const queue = new PQueue({ concurrency: scrapesAtOnce });
  const scraped = await queue.addAll(
    targets.map(({ server, address }) => async () => {
      const url = metricsUrl(address, metricsPort);
      return [server, await scrape(metrics, { server, url }, signal)] as const;
    }),
  );
  return new Map(scraped);
}

export function metricsUrl(address: string, port: number): string {
  const host = address.includes(':') ? `[${address}]` : address;
  const query = collectors.map((name) => `collect[]=${name}`).join('&');
  return `http://${host}:${port}/metrics?${query}`;
}

async function scrape(
  metrics: Metrics,
  target: { server: string; url: string },
  signal: AbortSignal,
): Promise<readonly Sample[] | undefined> {
  try {
    return await metrics.scrape(target, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof UnavailableError) return undefined;
    throw error;
  }
}
