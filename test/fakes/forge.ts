import { ConflictError, ForgeError } from '../../controller/model/errors.ts';
import type { Check, Checks } from '../../controller/ports/checks.ts';
import type { Comment, Comments } from '../../controller/ports/comments.ts';
import type { PullRequest, PullRequests } from '../../controller/ports/pulls.ts';
import type { Review, Reviews } from '../../controller/ports/reviews.ts';

export interface FakeAccount {
  readonly id: number;
  readonly login: string;
  readonly mayWrite: boolean;
}

export interface FakeForgeOptions {
  readonly repository?: string;
  /** The account whose token the ports use; `drover` by default. */
  readonly bot?: string;
  readonly accounts?: readonly FakeAccount[];
  /** Moves the base branch when a pull request merges, and gives the merge commit's id; a counter by default. */
  readonly onMerge?: (pull: PullRequest, message: string) => string | Promise<string>;
}

/** One call that writes, as tests count them. */
export interface FakeWrite {
  readonly port: 'pulls' | 'comments' | 'checks';
  readonly verb: string;
  readonly about: string;
}

export interface FakeForge {
  readonly pulls: PullRequests;
  readonly comments: Comments;
  readonly checks: Checks;
  readonly reviews: Reviews;
  /** All calls that write so far, oldest first. */
  readonly writes: readonly FakeWrite[];
  /** What people and the git server do beside the ports. */
  readonly world: FakeForgeWorld;
}

export interface FakeForgeWorld {
  /** The forge sees a push: heads and bases of open pull requests follow, reviews of the old head go stale. */
  setBranch(branch: string, id: string): void;
  branch(name: string): string | undefined;
  /** A pull request of somebody's, from a fork when `repository` differs. */
  openPull(request: {
    head: string;
    base: string;
    title: string;
    author: string;
    repository?: string;
  }): PullRequest;
  comment(number: number, author: string, body: string): Comment;
  editComment(id: number, body: string): Comment;
  review(number: number, author: string, state: Review['state']): void;
  dismissReviews(number: number, author: string): void;
  mergeAs(number: number, author: string): Promise<void>;
  /** Whether this forge says that a pull request can't be merged; `undefined` clears it. */
  blockMerge(number: number, reason: string | undefined): void;
}

const defaultAccounts: readonly FakeAccount[] = [
  { id: 1, login: 'alice', mayWrite: true },
  { id: 2, login: 'bob', mayWrite: true },
  { id: 3, login: 'drover', mayWrite: true },
  { id: 4, login: 'mallory', mayWrite: false },
];

interface StoredReview {
  readonly number: number;
  review: Review;
}

/** A forge in memory: one repository, with branches set by hand. Its clock ticks one second a write. */
export function createFakeForge(options: FakeForgeOptions = {}): FakeForge {
  const { repository = 'acme/fleet', bot = 'drover', accounts = defaultAccounts } = options;
  const branches = new Map<string, string>();
  const pulls = new Map<number, PullRequest>();
  const comments = new Map<number, Comment & { number: number }>();
  const checks = new Map<string, Map<string, Check>>();
  const reviews: StoredReview[] = [];
  const blocked = new Map<number, string>();
  const writes: FakeWrite[] = [];
  let lastId = 0;
  let seconds = 0;

  const now = () => new Date(Date.UTC(2026, 0, 1) + (seconds += 1) * 1000).toISOString();
  const nextId = () => (lastId += 1);
  const accountOf = (login: string) => accounts.find((account) => account.login === login);
  const wrote = (port: FakeWrite['port'], verb: string, about: string) => {
    writes.push({ port, verb, about });
  };
  const pullOf = (number: number) => {
    const pull = pulls.get(number);
    if (pull === undefined) throw new ForgeError(`no pull request ${number}`);
    return pull;
  };
  const idOf = (branch: string) => {
    const id = branches.get(branch);
    if (id === undefined) throw new ForgeError(`no branch ${branch}`);
    return id;
  };
  const store = (pull: PullRequest) => {
    pulls.set(pull.number, pull);
    return pull;
  };

  const openPull: FakeForgeWorld['openPull'] = ({ head, base, title, author, repository: from }) => {
    const origin = from ?? repository;
    const isTwin = [...pulls.values()].some(
      (pull) =>
        pull.state === 'open' &&
        pull.head.ref === head &&
        pull.base.ref === base &&
        pull.head.repository === origin,
    );
    if (isTwin) throw new ConflictError(`a pull request from ${head} into ${base} is open`);
    const number = nextId();
    return store({
      number,
      url: `http://forge.test/${repository}/pulls/${number}`,
      title,
      body: '',
      state: 'open',
      author,
      head: { ref: head, id: origin === repository ? idOf(head) : 'f'.repeat(40), repository: origin },
      base: { ref: base, id: idOf(base), repository },
    });
  };

  const merge = async (number: number, headId: string, message: string, by: string) => {
    const pull = pullOf(number);
    const isMergeable = pull.state === 'open' && pull.head.id === headId && !blocked.has(number);
    if (!isMergeable) throw new ConflictError(`pull request #${number} can't be merged at ${headId}`);
    const mergeCommit =
      (await options.onMerge?.(pull, message)) ?? number.toString(16).padStart(40, 'a').slice(0, 40);
    store({ ...pull, state: 'merged', mergeCommit, mergedBy: by });
    world.setBranch(pull.base.ref, mergeCommit);
  };

  const addComment = (number: number, author: string, body: string): Comment => {
    pullOf(number);
    const at = now();
    const authorId = accountOf(author)?.id ?? 0;
    const stored = { id: nextId(), number, authorId, author, body, createdAt: at, updatedAt: at };
    comments.set(stored.id, stored);
    return withoutNumber(stored);
  };
  const changeComment = (id: number, body: string): Comment => {
    const old = comments.get(id);
    if (old === undefined) throw new ForgeError(`no comment ${id}`);
    const changed = { ...old, body, updatedAt: now() };
    comments.set(id, changed);
    return withoutNumber(changed);
  };

  const world: FakeForgeWorld = {
    setBranch: (branch, id) => {
      branches.set(branch, id);
      for (const pull of pulls.values()) {
        if (pull.state !== 'open') continue;
        const isHead = pull.head.repository === repository && pull.head.ref === branch;
        if (isHead) store({ ...pull, head: { ...pull.head, id } });
        if (pull.base.ref === branch) store({ ...pullOf(pull.number), base: { ...pull.base, id } });
        if (!isHead) continue;
        for (const stored of reviews) {
          if (stored.number === pull.number) stored.review = { ...stored.review, stale: true };
        }
      }
    },
    branch: (name) => branches.get(name),
    openPull,
    comment: addComment,
    editComment: changeComment,
    review: (number, author, state) => {
      const review: Review = {
        author,
        state,
        dismissed: false,
        stale: false,
        commit: pullOf(number).head.id,
        submittedAt: now(),
      };
      reviews.push({ number, review });
    },
    dismissReviews: (number, author) => {
      for (const stored of reviews) {
        const isTheirs = stored.number === number && stored.review.author === author;
        if (isTheirs) stored.review = { ...stored.review, dismissed: true };
      }
    },
    mergeAs: (number, author) => merge(number, pullOf(number).head.id, `Merge #${number}`, author),
    blockMerge: (number, reason) => {
      if (reason === undefined) blocked.delete(number);
      else blocked.set(number, reason);
    },
  };

  return {
    world,
    writes,
    pulls: {
      listOpen: async (base) =>
        [...pulls.values()].filter((pull) => pull.state === 'open' && pull.base.ref === base),
      get: async (number) => pullOf(number),
      create: async ({ head, base, title, body }) => {
        wrote('pulls', 'create', head);
        return store({ ...openPull({ head, base, title, author: bot }), body });
      },
      update: async (number, change) => {
        wrote('pulls', 'update', `#${number}`);
        return store({ ...pullOf(number), ...change });
      },
      merge: async (number, { headId, message }) => {
        wrote('pulls', 'merge', `#${number}`);
        await merge(number, headId, message, bot);
      },
      findByMergeCommit: async (commit) => [...pulls.values()].find((pull) => pull.mergeCommit === commit),
    },
    comments: {
      whoAmI: async () => ({ id: accountOf(bot)?.id ?? 0, login: bot }),
      list: async (number) =>
        [...comments.values()].filter((comment) => comment.number === number).map(withoutNumber),
      create: async (number, body) => {
        wrote('comments', 'create', `#${number}`);
        return addComment(number, bot, body);
      },
      edit: async (id, body) => {
        wrote('comments', 'edit', `${id}`);
        return changeComment(id, body);
      },
    },
    checks: {
      list: async (commit) => [...(checks.get(commit)?.values() ?? [])],
      post: async (commit, check) => {
        wrote('checks', 'post', check.context);
        const ofCommit = checks.get(commit) ?? new Map<string, Check>();
        checks.set(commit, ofCommit.set(check.context, check));
      },
    },
    reviews: {
      list: async (number) =>
        reviews.filter((stored) => stored.number === number).map((stored) => stored.review),
      mayWrite: async (login) => accountOf(login)?.mayWrite === true,
    },
  };
}

function withoutNumber({ number: _number, ...comment }: Comment & { number: number }): Comment {
  return comment;
}
