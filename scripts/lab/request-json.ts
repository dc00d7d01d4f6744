export interface JsonRequest {
  readonly method?: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Statuses that are no error, beside 2xx. */
  readonly accept?: readonly number[];
  readonly signal?: AbortSignal;
}

export interface JsonAnswer {
  readonly status: number;
  /** `undefined` when the body is empty or not JSON. */
  readonly body: unknown;
}

const timeoutMs = 15_000;
const shownCharacters = 300;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One call to a component's HTTP API. @throws Error with method, path, status and the beginning of the answer. */
export async function requestJson(url: string, request: JsonRequest = {}): Promise<JsonAnswer> {
  const method = request.method ?? 'GET';
  const answer = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...request.headers },
    signal: request.signal ?? AbortSignal.timeout(timeoutMs),
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
  });
  const text = await answer.text();
  if (!answer.ok && !(request.accept ?? []).includes(answer.status)) {
    const { pathname } = new URL(url);
    throw new Error(`${method} ${pathname}: ${answer.status} ${text.slice(0, shownCharacters)}`);
  }
  return { status: answer.status, body: parse(text) };
}

/** A field of an answer that must be a string there. */
export function textAt(body: unknown, ...keys: readonly string[]): string {
  let value: unknown = body;
  for (const key of keys) {
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  }
  if (typeof value !== 'string') throw new Error(`the answer has no ${keys.join('.')}`);
  return value;
}
