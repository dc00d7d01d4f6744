import { readFile } from 'node:fs/promises';

/** Reads JSON from one component's API with the operator's token; the path begins with `/v1`. */
export type ReadComponent = <T>(path: string) => Promise<T>;

export function createReader(request: {
  readonly url: string;
  readonly header: string;
  readonly tokenFile: string;
}): ReadComponent {
  return async <T>(path: string): Promise<T> => {
    const token = (await readFile(request.tokenFile, 'utf8')).trim();
    const response = await fetch(`${request.url}${path}`, {
      headers: { [request.header]: token },
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) throw new Error(`GET ${path}: ${response.status}`);
    return (await response.json()) as T;
  };
}
