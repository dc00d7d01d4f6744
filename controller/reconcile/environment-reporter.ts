import type { Leadership } from '../queue/leadership.ts';
import type { ConditionStore } from '../report/condition-store.ts';
import type { ControllerMetrics } from '../report/prometheus.ts';
import { countServers } from '../report/server-counts.ts';
import { combineOutcomes } from './combine-outcomes.ts';
import type { EnvironmentContext, LoopName } from './environment-context.ts';
import type { LoopOutcome } from './loop.ts';

/** The newest outcomes of one environment's loops, told to people when something changed. */
export interface EnvironmentReporter {
  report(loop: LoopName, outcome: LoopOutcome, signal: AbortSignal): Promise<void>;
}

/** Conditions are written once both main loops have been heard: before that they would only flap after a restart. */
export function createEnvironmentReporter(options: {
  readonly context: EnvironmentContext;
  readonly leadership: Leadership;
  readonly conditions: ConditionStore;
  readonly metrics: ControllerMetrics;
}): EnvironmentReporter {
  const { context, leadership, conditions, metrics } = options;
  const newest = new Map<LoopName, LoopOutcome>();
  return {
    async report(loop, outcome, signal) {
      newest.set(loop, outcome);
      const proposal = newest.get('proposal');
      const rollout = newest.get('rollout');
      if (proposal === undefined || rollout === undefined || !leadership.isLeading()) return;
      const updates = combineOutcomes({ proposal, rollout, drift: newest.get('drift') });
      await conditions.update(context.name, updates, signal);
      metrics.conditions(context.name, await conditions.read(context.name, signal));
      metrics.servers(context.name, countServers(context.progress.servers));
    },
  };
}
