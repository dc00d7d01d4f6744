import { DemoFailure, eventually } from '../expect.ts';

export interface ForgePull {
  readonly number: number;
  readonly html_url: string;
  readonly title: string;
  readonly body: string;
  readonly merged: boolean;
  readonly merge_commit_sha: string | null;
  readonly state: string;
  readonly head: { readonly ref: string; readonly sha: string };
  readonly base: { readonly ref: string; readonly sha: string };
}

export interface ForgeStatus {
  readonly context: string;
  readonly status: string;
  readonly description: string;
}

/** A person at the forge, with an account and a token of their own: what they do in the browser, by API. */
export interface ForgePerson {
  readonly login: string;
  openPulls(): Promise<readonly ForgePull[]>;
  pull(number: number): Promise<ForgePull>;
  createPull(request: { head: string; base: string; title: string; body: string }): Promise<ForgePull>;
  merge(pull: ForgePull): Promise<ForgePull>;
  close(number: number): Promise<void>;
  comments(number: number): Promise<readonly { body: string; user: { login: string } }[]>;
  comment(number: number, body: string): Promise<void>;
  statuses(commit: string): Promise<readonly ForgeStatus[]>;
  changedFiles(number: number): Promise<readonly string[]>;
}

export function createForgePerson(options: {
  readonly baseUrl: string;
  readonly repository: string;
  readonly login: string;
  readonly token: string;
}): ForgePerson {
  const root = `${options.baseUrl}/api/v1/repos/${options.repository}`;

  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${root}${path}`, {
      method,
      headers: { authorization: `token ${options.token}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(15_000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new DemoFailure(
        `${method} ${path} as ${options.login}: ${response.status} ${text.slice(0, 300)}`,
      );
    }
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  const pull = (number: number) => call<ForgePull>('GET', `/pulls/${number}`);
  const mergeOnce = async (number: number, headId: string) => {
    const before = await pull(number);
    if (before.merged) return before;
    await call('POST', `/pulls/${number}/merge`, { Do: 'merge', head_commit_id: headId });
    return pull(number);
  };
  return {
    login: options.login,
    openPulls: () => call('GET', '/pulls?state=open&limit=50'),
    pull,
    createPull: (request) => call('POST', '/pulls', request),
    async merge({ number, head }) {
      // Gitea finds out in the background whether a pull request can be merged, and answers 405 until it knows.
      return eventually(`a merge of #${number}`, () => mergeOnce(number, head.sha), { timeoutMs: 30_000 });
    },
    close: async (number) => call('PATCH', `/pulls/${number}`, { state: 'closed' }),
    comments: (number) => call('GET', `/issues/${number}/comments`),
    comment: async (number, body) => call('POST', `/issues/${number}/comments`, { body }),
    async statuses(commit) {
      const combined = await call<{ statuses: ForgeStatus[] | null }>(
        'GET',
        `/commits/${commit}/status?limit=50`,
      );
      return combined.statuses ?? [];
    },
    async changedFiles(number) {
      const files = await call<{ filename: string }[]>('GET', `/pulls/${number}/files?limit=100`);
      return files.map(({ filename }) => filename);
    },
  };
}
