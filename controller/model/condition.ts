/** Conditions are for people: deterministic, free of times that move on each loop. Kubernetes' form. */
export type ConditionType = 'Ready' | 'Reconciling' | 'Stalled' | 'Held' | 'Drifted';

/** UpperCamelCase; one of a closed list, so that dashboards and tests can match on it. */
export type ConditionReason =
  | 'Converged'
  | 'Progressing'
  | 'AwaitingMerge'
  | 'ProposalRejected'
  | 'AwaitingEarlier'
  | 'NothingToDo'
  | 'InvalidDefinitions'
  | 'RenderNotDeterministic'
  | 'ForeignCommit'
  | 'GuardTripped'
  | 'HistoryRewritten'
  | 'PlanChanged'
  | 'Observing'
  | 'Denied'
  | 'Unavailable'
  | 'Conflict'
  | 'Rejected'
  | 'Deadline'
  | 'SourceUnreadable'
  | 'ForgeRefused'
  | 'Defect'
  | 'RolloutFailed'
  | 'WaitingForServers'
  | 'WaitingForWave'
  | 'SecretLost'
  | 'Drifted'
  | 'ResourceFight'
  | 'RolledBack'
  | 'Superseded'
  | 'Held'
  | 'NotLeading';

export interface Condition {
  readonly type: ConditionType;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: ConditionReason;
  readonly message: string;
  readonly observedRevision: string;
  /** ISO 8601; moves only when status or reason does. */
  readonly lastTransitionTime: string;
}
