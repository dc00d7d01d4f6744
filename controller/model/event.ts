/** One line of `events.ndjson`: something that happened, as one controller saw or did it. */
export interface DroverEvent {
  /** ISO 8601 with milliseconds. */
  readonly time: string;
  readonly kind: EventKind;
  readonly environment: string;
  /** What it is about: a unit key, a server, a ref, a pull request. */
  readonly key: string;
  readonly revision?: string;
  readonly order?: string;
  readonly before?: string;
  readonly after?: string;
  /** The controller instance or agent. */
  readonly by: string;
  readonly message: string;
}

export type EventKind =
  | 'Proposed'
  | 'ProposalRejected'
  | 'PullRequestOpened'
  | 'PullRequestUpdated'
  | 'PullRequestMerged'
  | 'ForeignCommit'
  | 'LeaseTaken'
  | 'LeaseLost'
  | 'PayloadPushed'
  | 'ServerConverged'
  | 'ServerFailed'
  | 'UnitWritten'
  | 'UnitDeleted'
  | 'UnitHealthy'
  | 'UnitFailed'
  | 'Drifted'
  | 'Healed'
  | 'Converged'
  | 'RolloutFailed'
  | 'Superseded'
  | 'RollbackProposed'
  | 'Held'
  | 'Released';
