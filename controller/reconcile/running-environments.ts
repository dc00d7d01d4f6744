import type { Mode } from '../model/environment.ts';
import { consulKeys } from '../model/payload.ts';
import { createLeadership, createObserving, type Leadership } from '../queue/leadership.ts';
import { type ConditionStore, createConditionStore } from '../report/condition-store.ts';
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

export interface WantedEnvironment {
  readonly name: string;
  readonly cluster: Cluster;
  readonly mode: Mode;
}

export interface RunningEnvironments {
  get(name: string): RunningEnvironment | undefined;
  all(): readonly RunningEnvironment[];
  /** Begins to lead, or to wait for it, until the signal aborts; anew when cluster or mode are others now. */
  ensure(wanted: WantedEnvironment, signal: AbortSignal): void;
  views(): readonly EnvironmentView[];
  /** Returns when all leases were given up. */
  ended(): Promise<void>;
}

interface Started extends RunningEnvironment {
  readonly wanted: WantedEnvironment;
  readonly stop: AbortController;
}

export function createRunningEnvironments(options: RunningEnvironmentsOptions): RunningEnvironments {
  const running = new Map<string, Started>();
  const leaderships: Promise<void>[] = [];
  const conditions = createConditionStore({
    // Observed environments are told in memory only: nothing is written to their cluster.
    kvOf(environment) {
      const entry = running.get(environment);
      return entry?.wanted.mode === 'Enforce' ? entry.context.cluster.kv : undefined;
    },
    mayWrite: (environment) => running.get(environment)?.leadership.isLeading() === true,
    clock: options.repository.clock,
  });

  function ensure(wanted: WantedEnvironment, signal: AbortSignal): void {
    const former = running.get(wanted.name);
    if (former?.wanted.mode === wanted.mode && former.wanted.cluster === wanted.cluster) return;
    former?.stop.abort();
    const stop = new AbortController();
    const leadership = wanted.mode === 'Enforce' ? lead(options, wanted) : createObserving();
    const context = createContext(options, wanted, leadership);
    const reporter = createEnvironmentReporter({ context, leadership, conditions, metrics: options.metrics });
    running.set(wanted.name, { context, leadership, reporter, wanted, stop });
    leaderships.push(leadership.run(AbortSignal.any([signal, stop.signal])));
  }

  return {
    get: (name) => running.get(name),
    all: () => [...running.values()],
    ensure,
    views: () => [...running.values()].map((entry) => viewOf(entry, conditions)),
    async ended() {
      await Promise.all(leaderships);
    },
  };
}

function createContext(
  options: RunningEnvironmentsOptions,
  { name, cluster }: WantedEnvironment,
  leadership: Leadership,
): EnvironmentContext {
  const { repository, revisions, driftIntervalMs } = options;
  const wake = (loop: LoopName) => options.request(loop, name);
  return {
    name,
    repository,
    revisions,
    cluster,
    leadership,
    progress: createProgress(),
    driftIntervalMs,
    wake,
  };
}

function viewOf({ context, leadership }: RunningEnvironment, conditions: ConditionStore): EnvironmentView {
  const { name, progress } = context;
  const { revision, servers, units, pull } = progress;
  const isLeading = leadership.isLeading();
  return { name, conditions: conditions.known().get(name) ?? [], isLeading, revision, servers, units, pull };
}

function lead(options: RunningEnvironmentsOptions, { name, cluster }: WantedEnvironment): Leadership {
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
