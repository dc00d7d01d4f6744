import type { Clock } from '../ports/clock.ts';
import type { FleetObserver } from '../ports/fleet-observer.ts';
import type { KeyValue } from '../ports/kv.ts';
import type { Metrics } from '../ports/metrics.ts';
import { judgeServer } from './judge-server.ts';
import { readNode } from './read-node.ts';
import { readReports } from './read-reports.ts';
import { scrapeFleet } from './scrape-fleet.ts';

export interface ObserverSettings {
  /** Where node_exporter listens on every server; 9100 by custom. */
  readonly metricsPort: number;
  /** The agents' own interval between two heartbeats. */
  readonly intervalMs: number;
}

/** Asks the servers' own metrics, and the reports in Consul for the words behind a failure. */
export function createFleetObserver(
  ports: { metrics: Metrics; kv: KeyValue; clock: Clock },
  { metricsPort, intervalMs }: ObserverSettings,
): FleetObserver {
  return {
    async observe({ environment, servers, deadlineMs }, signal) {
      const [reports, scraped] = await Promise.all([
        readReports(ports.kv, environment, signal),
        scrapeFleet(ports.metrics, { targets: servers, metricsPort }, signal),
      ]);
      const nowMs = ports.clock.now();
      const statuses = servers.map(({ server, sent }) => {
        const samples = scraped.get(server);
        const facts = samples === undefined ? undefined : readNode(samples, environment);
        const report = reports.get(server);
        return judgeServer({ server, sent, facts, report, nowMs, intervalMs, deadlineMs });
      });
      return new Map(statuses.map((status) => [status.server, status]));
    },
  };
}
