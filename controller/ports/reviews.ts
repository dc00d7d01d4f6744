export interface Review {
  readonly author: string;
  readonly state: 'approved' | 'changes-requested' | 'commented' | 'pending';
  readonly dismissed: boolean;
  /** The head moved since. */
  readonly stale: boolean;
  /** The head that was looked at. */
  readonly commit: string;
  readonly submittedAt: string;
}

/** Reviews of one repository's pull requests. */
export interface Reviews {
  /** All, through all pages, oldest first; several by one person are kept apart. */
  list(number: number, signal: AbortSignal): Promise<readonly Review[]>;
  /** Whether a person may write to the repository. */
  mayWrite(login: string, signal: AbortSignal): Promise<boolean>;
}
