export interface PullRequest {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed' | 'merged';
  /** Login of the account that opened it. */
  readonly author: string;
  readonly head: { readonly ref: string; readonly id: string; readonly repository: string };
  readonly base: { readonly ref: string; readonly id: string; readonly repository: string };
  /** Set when merged. */
  readonly mergeCommit?: string;
  readonly mergedBy?: string;
}

/** Pull requests of one repository. Branch names are short (`env/prod-next`). */
export interface PullRequests {
  /** All open ones into this base, through all pages, those from forks included (their head's repository differs). */
  listOpen(base: string, signal: AbortSignal): Promise<readonly PullRequest[]>;
  get(number: number, signal: AbortSignal): Promise<PullRequest>;
  create(
    request: { head: string; base: string; title: string; body: string },
    signal: AbortSignal,
  ): Promise<PullRequest>;
  /** Writes only the fields given. */
  update(
    number: number,
    change: { title?: string; body?: string; state?: 'closed' | 'open' },
    signal: AbortSignal,
  ): Promise<PullRequest>;
  /** A merge commit, if the head still is `headId`. @throws ConflictError when it is not, or is not mergeable. */
  merge(number: number, request: { headId: string; message: string }, signal: AbortSignal): Promise<void>;
  /** The pull request whose merge made this commit, if the forge knows one. */
  findByMergeCommit(commit: string, signal: AbortSignal): Promise<PullRequest | undefined>;
}
