import { DroverError, ForgeError, UnavailableError } from '../../model/errors.ts';
import { createTokenFile } from '../token-source.ts';
import { answerError } from './answer-error.ts';
import { readBoundedText } from './bounded-body.ts';
import { hasMorePages } from './pages.ts';

export interface GiteaSettings {
  /** Without `/api/v1`; may have a path of its own: `https://git.example/forge`. */
  readonly baseUrl: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly tokenFile: string;
  /** For one request, body included; 20 s by default. */
  readonly timeoutMs?: number;
}

export interface GiteaRequest {
  readonly method?: 'GET' | 'POST' | 'PATCH';
  /** Below `/api/v1`, already escaped. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Statuses that are no failure here; given back to be judged by the caller. */
  readonly accept?: readonly number[];
}

export interface GiteaAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface GiteaClient {
  /** `/repos/{owner}/{name}`, escaped. */
  readonly repositoryPath: string;
  readonly repository: string;
  request(request: GiteaRequest, signal: AbortSignal): Promise<GiteaAnswer>;
  /** All items of a list through all its pages, in the forge's order. @throws ForgeError past the page cap. */
  listAll(request: Pick<GiteaRequest, 'path' | 'query'>, signal: AbortSignal): Promise<readonly unknown[]>;
}

const maxBodyBytes = 16 * 1024 * 1024;
const pageSize = 50;
const maxPages = 100;

/** A thin client of Gitea's API (Forgejo has the same). No redirect is followed, nothing is retried here. */
export function createGiteaClient(settings: GiteaSettings): GiteaClient {
  const { baseUrl, repository, tokenFile, timeoutMs = 20_000 } = settings;
  const readToken = createTokenFile(tokenFile);
  const root = `${baseUrl.replace(/\/+$/, '')}/api/v1`;

  const request: GiteaClient['request'] = async (wanted, signal) => {
    const token = await readToken();
    const deadline = AbortSignal.timeout(timeoutMs);
    const what = `${wanted.method ?? 'GET'} ${wanted.path}`;
    try {
      const response = await fetch(urlOf(root, wanted), {
        ...initOf(wanted, token),
        signal: AbortSignal.any([signal, deadline]),
      });
      const text = await readBoundedText(response, maxBodyBytes);
      return judge({ what, response, text, token, accept: wanted.accept ?? [] });
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof DroverError) throw error;
      const why = deadline.aborted ? `did not answer within ${timeoutMs} ms` : "can't be reached";
      throw new UnavailableError(`${what}: the forge ${why}`, { cause: error });
    }
  };

  const listAll: GiteaClient['listAll'] = async ({ path, query }, signal) => {
    const items: unknown[] = [];
    for (let page = 1; page <= maxPages; page += 1) {
      const paged = { ...query, page: String(page), limit: String(pageSize) };
      const { body, headers } = await request({ path, query: paged }, signal);
      // Gitea writes `null` for an empty list in places.
      const found = body ?? [];
      if (!Array.isArray(found)) throw new ForgeError(`GET ${path}: the forge answered no list`);
      items.push(...(found as unknown[]));
      if (found.length === 0 || !hasMorePages(headers, items.length)) return items;
    }
    throw new ForgeError(`GET ${path}: more than ${maxPages} pages`);
  };

  return { repositoryPath: repositoryPath(repository), repository, request, listAll };
}

function repositoryPath(repository: string): string {
  return `/repos/${repository.split('/').map(encodeURIComponent).join('/')}`;
}

function urlOf(root: string, { path, query }: GiteaRequest): string {
  const search = new URLSearchParams(query).toString();
  return search === '' ? `${root}${path}` : `${root}${path}?${search}`;
}

function initOf({ method = 'GET', body }: GiteaRequest, token: string): RequestInit {
  const headers: Record<string, string> = { accept: 'application/json', authorization: `token ${token}` };
  if (body === undefined) return { method, headers, redirect: 'manual' };
  headers['content-type'] = 'application/json';
  return { method, headers, redirect: 'manual', body: JSON.stringify(body) };
}

function judge(answer: {
  what: string;
  response: Response;
  text: string;
  token: string;
  accept: readonly number[];
}): GiteaAnswer {
  const { what, response, text, token, accept } = answer;
  const { status, headers, ok } = response;
  if (!ok && !accept.includes(status)) {
    throw answerError({ what, status, said: wordsOf(text).replaceAll(token, '***') });
  }
  return { status, headers, body: ok ? parseJson(text, what) : undefined };
}

/** The `message` of an error answer: one line, 200 characters at most. */
function wordsOf(text: string): string {
  const value = tryJson(text);
  const message =
    typeof value === 'object' && value !== null ? (value as { message?: unknown }).message : undefined;
  return typeof message === 'string' ? message.replace(/\s+/g, ' ').trim().slice(0, 200) : '';
}

function parseJson(text: string, what: string): unknown {
  if (text.trim() === '') return undefined;
  const value = tryJson(text);
  if (value === undefined) throw new ForgeError(`${what}: the forge answered no JSON`);
  return value;
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
