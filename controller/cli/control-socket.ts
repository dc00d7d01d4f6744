import { request } from 'node:http';
import path from 'node:path';
import { UnavailableError } from '../model/errors.ts';

const largestReplyBytes = 16 * 1024 * 1024;

/** Where the controller with this data folder listens for the command line. */
export function controlSocket(dataDirectory: string): string {
  return path.join(dataDirectory, 'drover.sock');
}

/** Calls the controller over its control socket. @throws UnavailableError when none listens there. */
export async function callController(
  socket: string,
  call: { readonly method: 'GET' | 'POST'; readonly path: string; readonly body?: unknown },
  signal: AbortSignal,
): Promise<{ readonly status: number; readonly body: unknown }> {
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) =>
      reject(
        new UnavailableError(`no controller answers at ${socket}`, {
          cause,
          hint: 'Start `drover controller`, or name its config with --config.',
        }),
      );
    const sent = request(
      {
        socketPath: socket,
        method: call.method,
        path: call.path,
        signal,
        headers: { 'content-type': 'application/json' },
      },
      (response) => {
        const chunks: Buffer[] = [];
        let sizeBytes = 0;
        response.on('data', (chunk: Buffer) => {
          sizeBytes += chunk.length;
          if (sizeBytes > largestReplyBytes) response.destroy(new Error('the reply is too large'));
          else chunks.push(chunk);
        });
        response.on('error', fail);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: parse(Buffer.concat(chunks)) }),
        );
      },
    );
    sent.on('error', fail);
    sent.end(call.body === undefined ? undefined : JSON.stringify(call.body));
  });
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
