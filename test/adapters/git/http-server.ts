import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ExecutionContext } from 'ava';

export interface GitHttpServer {
  readonly url: string;
  /** Runs before each request; a status given here is the answer, and a promise holds the request. */
  onRequest: (request: IncomingMessage) => number | undefined | Promise<number | undefined>;
}

/** `git http-backend` behind basic authentication, on a free port of the loopback. */
export async function startGitHttp(
  t: ExecutionContext,
  directory: string,
  password: string,
): Promise<GitHttpServer> {
  execFileSync('git', ['init', '-q', '--bare', `${directory}/fleet.git`]);
  execFileSync('git', ['--git-dir', `${directory}/fleet.git`, 'config', 'http.receivepack', 'true']);
  const expected = `Basic ${Buffer.from(`drover:${password}`).toString('base64')}`;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const status = await server.onRequest(request);
    if (status !== undefined) response.writeHead(status).end();
    else if (request.headers.authorization !== expected) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
    } else await serve(directory, request, response);
  };
  const http = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  t.teardown(() => {
    http.closeAllConnections();
    http.close();
  });
  const { port } = http.address() as AddressInfo;
  const server: GitHttpServer = {
    url: `http://127.0.0.1:${port}/fleet.git`,
    onRequest: () => undefined,
  };
  return server;
}

async function serve(directory: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const { headers } = request;
  const backend = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env['PATH'],
      GIT_PROJECT_ROOT: directory,
      GIT_HTTP_EXPORT_ALL: '1',
      REMOTE_USER: 'drover',
      REQUEST_METHOD: request.method,
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      CONTENT_TYPE: headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '',
      GIT_PROTOCOL: [headers['git-protocol'] ?? ''].flat().join(''),
    },
  });
  request.pipe(backend.stdin);
  const chunks: Buffer[] = [];
  backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(backend, 'close');
  const output = Buffer.concat(chunks);
  const end = output.indexOf('\r\n\r\n');
  let status = 200;
  for (const line of output.toString('latin1', 0, end).split('\r\n')) {
    const [name = '', value = ''] = line.split(/: */, 2);
    if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10);
    else if (name !== '') response.setHeader(name, value);
  }
  response.writeHead(status).end(output.subarray(end + 4));
}
