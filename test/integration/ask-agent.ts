import { request as requestPlain } from 'node:http';
import { type RequestOptions, request as requestSecured } from 'node:https';

export interface Question extends Pick<RequestOptions, 'ca' | 'cert' | 'key' | 'servername' | 'headers'> {
  readonly method?: string;
  readonly body?: object;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Asks an agent that may want a certificate shown and may show one with another name than its address, as `fetch` can't. */
export function askAgent(url: string, { body, ...options }: Question = {}): Promise<Answer> {
  const request = url.startsWith('https:') ? requestSecured : requestPlain;
  return new Promise((resolve, reject) => {
    const call = request(url, { ...options, timeout: 20_000 }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    call.on('timeout', () => call.destroy(new Error(`${url}: no answer`)));
    call.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** @throws Error for an answer that is no success. */
export async function askJson(url: string, question: Question = {}): Promise<unknown> {
  const { status, body } = await askAgent(url, question);
  if (status >= 300) throw new Error(`${url}: ${status} ${body}`);
  return JSON.parse(body);
}
