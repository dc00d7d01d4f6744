import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Condition } from '../model/condition.ts';
import type { ServerCounts } from './server-counts.ts';

export interface ControllerMetrics {
  readonly registry: Registry;
  reconciled(loop: string, outcome: 'ok' | 'failed', seconds: number): void;
  conditions(environment: string, conditions: readonly Condition[]): void;
  servers(environment: string, counts: ServerCounts): void;
  leading(environment: string, isLeading: boolean): void;
  webhook(outcome: 'accepted' | 'refused'): void;
}

/** The controller's own metrics, all prefixed `drover_`; documented in docs/metrics.md. */
export function createControllerMetrics(): ControllerMetrics {
  const registry = new Registry();
  const registers = [registry];
  const runs = new Counter({
    name: 'drover_reconciles_total',
    help: 'Runs of a loop by outcome.',
    labelNames: ['loop', 'outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'drover_reconcile_seconds',
    help: 'Duration of one run of a loop.',
    labelNames: ['loop'],
    buckets: [0.05, 0.2, 1, 5, 20, 60],
    registers,
  });
  const conditionGauge = new Gauge({
    name: 'drover_condition',
    help: '1 for the status that a condition has now.',
    labelNames: ['environment', 'type', 'status', 'reason'],
    registers,
  });
  const serverGauge = new Gauge({
    name: 'drover_servers',
    help: 'Servers by state, as judged from their own metrics.',
    labelNames: ['environment', 'state'],
    registers,
  });
  const leadingGauge = new Gauge({
    name: 'drover_leading',
    help: '1 while this controller holds the lease of the environment.',
    labelNames: ['environment'],
    registers,
  });
  const webhooks = new Counter({
    name: 'drover_webhooks_total',
    help: 'Webhook deliveries by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const shown = new Map<string, readonly Record<'environment' | 'type' | 'status' | 'reason', string>[]>();
  return {
    registry,
    reconciled(loop, outcome, duration) {
      runs.inc({ loop, outcome });
      seconds.observe({ loop }, duration);
    },
    conditions(environment, conditions) {
      // Each status and reason is a series of its own: those of before must go, or both would say 1.
      for (const labels of shown.get(environment) ?? []) conditionGauge.remove(labels);
      const labels = conditions.map(({ type, status, reason }) => ({ environment, type, status, reason }));
      for (const each of labels) conditionGauge.set(each, 1);
      shown.set(environment, labels);
    },
    servers(environment, counts) {
      for (const [state, count] of Object.entries(counts)) serverGauge.set({ environment, state }, count);
    },
    leading: (environment, isLeading) => leadingGauge.set({ environment }, isLeading ? 1 : 0),
    webhook: (outcome) => webhooks.inc({ outcome }),
  };
}
