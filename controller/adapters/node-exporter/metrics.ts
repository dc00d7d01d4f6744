import { UnavailableError } from '../../model/errors.ts';
import type { Metrics } from '../../ports/metrics.ts';
import { parseMetrics } from './parse-metrics.ts';

export interface NodeExporterSettings {
  /** For one scrape, the body included. */
  readonly timeoutMs: number;
  /** A body above it is an error; 4 MiB unless told otherwise. */
  readonly maxBytes?: number;
}

/** Reads metrics in Prometheus' text format over HTTP. */
export function createNodeExporterMetrics(settings: NodeExporterSettings): Metrics {
  const { timeoutMs, maxBytes = 4 * 1024 * 1024 } = settings;
  return {
    async scrape({ server, url }, signal) {
      signal.throwIfAborted();
      const deadline = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      try {
        return parseMetrics(await read(url, maxBytes, deadline));
      } catch (cause) {
        signal.throwIfAborted();
        if (cause instanceof UnavailableError) throw cause;
        throw new UnavailableError(`the metrics of ${server} can't be read`, { cause });
      }
    },
  };
}

async function read(url: string, maxBytes: number, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { signal, redirect: 'error', headers: { accept: 'text/plain' } });
  if (!response.ok) throw new UnavailableError(`${url} answered ${response.status}`);
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) throw new UnavailableError(`${url} sent more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
