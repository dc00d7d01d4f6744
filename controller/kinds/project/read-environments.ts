import type { DriftRules, Environment, GuardRules, RolloutRules, Rules } from '../../model/environment.ts';
import type { Json } from '../../model/json.ts';
import type { Resource } from '../../model/resource.ts';
import { durationMs, quantityOr } from '../quantity.ts';
import type { DriftSpec, GuardSpec, RolloutSpec } from './rules-schema.ts';
import type { EnvironmentSpec, ProjectSpec } from './schema.ts';

/** The environments of a project with all defaults filled in, sorted by name. Wrong quantities count as absent. */
export function readEnvironments(project: Resource<ProjectSpec>): readonly Environment[] {
  return Object.entries(project.spec.environments)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, spec]) => ({
      name,
      folders: spec.folders,
      vars: (spec.vars ?? {}) as Readonly<Record<string, Json>>,
      rules: rulesOf(name, spec, project.metadata.name),
    }));
}

function rulesOf(environment: string, spec: EnvironmentSpec, fleet: string): Rules {
  return {
    environment,
    fleet,
    cluster: spec.cluster,
    epoch: spec.epoch ?? 0,
    mode: spec.mode ?? 'Observe',
    merge: spec.merge ?? 'Manual',
    approvals: { count: spec.approvals?.count ?? 1 },
    after: spec.after ?? [],
    soakMs: quantityOr(durationMs, spec.soak, 0),
    guard: guardOf(spec.guard),
    drift: driftOf(spec.drift),
    rollout: rolloutOf(spec.rollout),
    converged: {
      serversPercent: percentOf(spec.converged?.servers, 100),
      silentForMs: quantityOr(durationMs, spec.converged?.silentFor, 600_000),
    },
  };
}

function guardOf(guard: GuardSpec | undefined): GuardRules {
  return {
    deletes: { count: guard?.deletes?.count ?? 1, percent: guard?.deletes?.percent ?? 10 },
    stateful: guard?.stateful ?? 'Confirm',
    confirmers: guard?.confirmers ?? [],
  };
}

function driftOf(drift: DriftSpec | undefined): DriftRules {
  return {
    mode: drift?.mode ?? 'Alert',
    afterMs: quantityOr(durationMs, drift?.after, 600_000),
    onStopped: drift?.onStopped ?? 'Respect',
  };
}

function rolloutOf(rollout: RolloutSpec | undefined): RolloutRules {
  const canary = rollout?.canary;
  return {
    ...(canary === undefined
      ? {}
      : {
          canary: {
            matchLabels: canary.matchLabels,
            pauseMs: quantityOr(durationMs, canary.pause, 600_000),
          },
        }),
    maxUnavailable: (rollout?.maxUnavailable as number | `${number}%` | undefined) ?? '10%',
    minReadyMs: quantityOr(durationMs, rollout?.minReady, 60_000),
    confirmTimeoutMs: quantityOr(durationMs, rollout?.confirm?.timeout, 120_000),
    stopAfterFailures: rollout?.stopAfter?.failures ?? 1,
    deadlineMs: quantityOr(durationMs, rollout?.deadline, 7_200_000),
  };
}

function percentOf(written: string | undefined, fallback: number): number {
  return written === undefined ? fallback : Math.min(100, Number.parseInt(written, 10));
}
