import type { Rules } from '../../controller/model/environment.ts';

/** The rules of an environment as most tests want them: one server at a time, no waiting. */
export function fakeRules(changes: Partial<Rules> = {}): Rules {
  return {
    environment: 'prod',
    fleet: 'acme',
    cluster: 'prod',
    epoch: 1,
    mode: 'Enforce',
    merge: 'Manual',
    approvals: { count: 0 },
    after: [],
    soakMs: 0,
    guard: { deletes: { count: 1, percent: 10 }, stateful: 'Confirm', confirmers: [] },
    drift: { mode: 'Alert', afterMs: 600_000, onStopped: 'Respect' },
    rollout: {
      maxUnavailable: 1,
      minReadyMs: 0,
      confirmTimeoutMs: 120_000,
      stopAfterFailures: 1,
      deadlineMs: 7_200_000,
    },
    converged: { serversPercent: 100, silentForMs: 600_000 },
    ...changes,
  };
}
