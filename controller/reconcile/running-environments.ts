import { consulKeys } from '../model/payload.ts';
import { createLeadership, type Leadership } from '../queue/leadership.ts';
import { createConditionStore } from '../report/condition-store.ts';
import type { EnvironmentView } from '../report/environment-view.ts';
import type { ControllerMetrics } from '../report/prometheus.ts';
import type { Cluster } from './cluster.ts';
import { createProgress, type EnvironmentContext, type LoopName } from './environment-context.ts';
import { createEnvironmentReporter, type EnvironmentReporter } from './environment-reporter.ts';
import type { Repository } from './repository.ts';
import type { Revisions } from './revisions.ts';

/** One environment that this controller looks after, leading it or waiting to. */
export interface RunningEnvironment {
  readonly context: EnvironmentContext;
  readonly leadership: Leadership;
  readonly reporter: EnvironmentReporter;
}

export interface RunningEnvironmentsOptions {
  readonly repository: Repository;
  readonly revisions: Revisions;
  readonly metrics: ControllerMetrics;
  readonly instance: string;
  readonly driftIntervalMs: number;
  /** Asks for a run of one loop of one environment. */
  readonly request: (loop: LoopName, environment: string) => void;
  /** This controller leads the environment from now on. */
  readonly onLead: (environment: string) => void;
}

export interface RunningEnvironments {
  get(name: string): RunningEnvironment | undefined;
  all(): readonly RunningEnvironment[];
  /** Begins to lead, or to wait for it, until the signal aborts. */
  start(name: string, cluster: Cluster, signal: AbortSignal): void;
  views(): readonly EnvironmentView[];
  /** Returns when all leases were given up. */
  ended(): Promise<void>;
}

export function createRunningEnvironments(options: RunningEnvironmentsOptions): RunningEnvironments {
  const { repository, revisions, metrics, driftIntervalMs } = options;
  const running = new Map<string, RunningEnvironment>();
  const leaderships: Promise<void>[] = [];
  const conditions = createConditionStore({
    kvOf: (environment) => running.get(environment)?.context.cluster.kv,
    mayWrite: (environment) => running.get(environment)?.leadership.current() !== undefined,
    clock: repository.clock,
  });

  function start(name: string, cluster: Cluster, signal: AbortSignal): void {
    const leadership = lead(options, name, cluster);
    const wake = (loop: LoopName) => options.request(loop, name);
    const progress = createProgress();
    const context = { name, repository, revisions, cluster, leadership, progress, driftIntervalMs, wake };
    const reporter = createEnvironmentReporter({ context, leadership, conditions, metrics });
    running.set(name, { context, leadership, reporter });
    leaderships.push(leadership.run(signal));
  }

  return {
    get: (name) => running.get(name),
    all: () => [...running.values()],
    start,
    views: () =>
      [...running.values()].map(({ context, leadership }) => ({
        name: context.name,
        conditions: conditions.known().get(context.name) ?? [],
        isLeading: leadership.current() !== undefined,
        revision: context.progress.revision,
        servers: context.progress.servers,
        units: context.progress.units,
        pull: context.progress.pull,
      })),
    async ended() {
      await Promise.all(leaderships);
    },
  };
}

function lead(options: RunningEnvironmentsOptions, name: string, cluster: Cluster): Leadership {
  const { repository, metrics } = options;
  const key = consulKeys.lease(name);
  return createLeadership({
    lease: cluster.lease,
    clock: repository.clock,
    key,
    holder: options.instance,
    onChange(isLeading) {
      metrics.leading(name, isLeading);
      const kind = isLeading ? 'LeaseTaken' : 'LeaseLost';
      const message = isLeading ? 'this controller leads' : 'this controller does not lead any more';
      repository.events.emit({ kind, environment: name, key, message });
      if (isLeading) options.onLead(name);
    },
  });
}
