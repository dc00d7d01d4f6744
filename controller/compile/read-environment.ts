import type { EnvironmentSpec } from '../kinds/project/schema.ts';
import { durationMs, quantityOr } from '../kinds/quantity.ts';
import type {
  ConvergedRules,
  DriftRules,
  Environment,
  GuardRules,
  RolloutRules,
  Rules,
} from '../model/environment.ts';
import type { JsonObject } from '../model/json.ts';

const second = 1000;
const minute = 60 * second;

type Spec = Partial<EnvironmentSpec>;

/**
 * One environment of `drover.yaml` with the defaults of the language filled in. `folders` are cleaned already. Fields whose
 * quantity can't be read have their defaults: a finding says so elsewhere.
 */
export function readEnvironment(
  name: string,
  spec: Spec,
  project: { readonly fleet: string; readonly folders: readonly string[] },
): Environment {
  const rules: Rules = {
    environment: name,
    fleet: project.fleet,
    cluster: spec.cluster ?? '',
    epoch: spec.epoch ?? 1,
    mode: spec.mode ?? 'Observe',
    merge: spec.merge ?? 'Manual',
    approvals: { count: spec.approvals?.count ?? defaultApprovals(spec) },
    after: spec.after ?? [],
    soakMs: milliseconds(spec.soak, 0),
    guard: readGuard(spec.guard),
    drift: readDrift(spec.drift),
    rollout: readRollout(spec.rollout),
    converged: readConverged(spec.converged),
  };
  return { name, folders: project.folders, vars: (spec.vars ?? {}) as JsonObject, rules };
}

/** An environment that merges by itself asks for no approval unless it says so. */
function defaultApprovals(spec: Spec): number {
  return spec.merge === 'Auto' && spec.approvals === undefined ? 0 : 1;
}

function readGuard(guard: Spec['guard']): GuardRules {
  const { count = 1, percent = 10 } = guard?.deletes ?? {};
  return {
    deletes: { count, percent },
    stateful: guard?.stateful ?? 'Confirm',
    confirmers: guard?.confirmers ?? [],
  };
}

function readDrift(drift: Spec['drift']): DriftRules {
  return {
    mode: drift?.mode ?? 'Alert',
    afterMs: milliseconds(drift?.after, 10 * minute),
    onStopped: drift?.onStopped ?? 'Respect',
  };
}

function readRollout(rollout: Spec['rollout']): RolloutRules {
  return {
    ...readCanary(rollout?.canary),
    maxUnavailable: readShare(rollout?.maxUnavailable),
    minReadyMs: milliseconds(rollout?.minReady, minute),
    confirmTimeoutMs: milliseconds(rollout?.confirm?.timeout, 2 * minute),
    stopAfterFailures: rollout?.stopAfter?.failures ?? 1,
    deadlineMs: milliseconds(rollout?.deadline, 120 * minute),
  };
}

function readCanary(canary: NonNullable<Spec['rollout']>['canary']): Pick<RolloutRules, 'canary'> {
  if (canary === undefined) return {};
  return { canary: { matchLabels: canary.matchLabels, pauseMs: readPause(canary.pause) } };
}

function readPause(pause: string | undefined): number {
  return pause === 'UntilResumed' ? Number.MAX_SAFE_INTEGER : milliseconds(pause, 10 * minute);
}

function readShare(share: number | string | undefined): RolloutRules['maxUnavailable'] {
  if (typeof share === 'number') return share;
  return share === undefined ? '10%' : `${Number.parseInt(share, 10)}%`;
}

function readConverged(converged: Spec['converged']): ConvergedRules {
  return {
    serversPercent: Number.parseInt(converged?.servers ?? '100%', 10),
    silentForMs: milliseconds(converged?.silentFor, 10 * minute),
  };
}

function milliseconds(text: string | undefined, fallback: number): number {
  return quantityOr(durationMs, text, fallback);
}
