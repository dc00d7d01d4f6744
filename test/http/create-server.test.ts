import http from 'node:http';
import type { AddressInfo } from 'node:net';
import test from 'ava';
import { createHttpServer, type HttpHandlers } from '../../controller/http/create-server.ts';
import { routeTable } from '../../controller/http/routes.ts';
import { ConflictError, UnavailableError, UsageError } from '../../controller/model/errors.ts';

function handlers(changes: Partial<HttpHandlers> = {}): HttpHandlers {
  return {
    metrics: async () => 'drover_up 1\n',
    unready: () => [],
    webhooks: { gitea: (headers) => headers['x-gitea-signature'] === 'right' },
    environments: async () => [{ name: 'demo' }],
    plan: async () => undefined,
    rollback: async (environment, body) => ({ environment, body }),
    release: async () => ({}),
    reconcile: () => undefined,
    ...changes,
  };
}

test('health, readiness and metrics answer without credentials', async (t) => {
  const server = createHttpServer(handlers({ unready: () => ['no lease yet'] }), 'network');
  t.is((await server.inject('/healthz')).statusCode, 200);
  const ready = await server.inject('/readyz');
  t.is(ready.statusCode, 503);
  t.deepEqual(ready.json(), { ready: false, missing: ['no lease yet'] });
  t.is((await server.inject('/metrics')).body, 'drover_up 1\n');
});

test('what tells or changes the fleet is not routed on the network', async (t) => {
  const network = createHttpServer(handlers(), 'network');
  const local = createHttpServer(handlers(), 'local');
  for (const { method, url, access } of Object.values(routeTable)) {
    const path = url.replace(':environment', 'demo').replace(':provider', 'gitea');
    if (access !== 'local') continue;
    t.is((await network.inject({ method, url: path })).statusCode, 404, url);
    t.not((await local.inject({ method, url: path, payload: '{}' })).statusCode, 401, url);
  }
});

test('a delivery without the right signature is refused, a provider nobody configured is not routed', async (t) => {
  const server = createHttpServer(handlers(), 'network');
  const post = (url: string, signature: string) =>
    server.inject({ method: 'POST', url, payload: '{}', headers: { 'x-gitea-signature': signature } });
  t.is((await post('/webhook/gitea', 'wrong')).statusCode, 401);
  t.is((await post('/webhook/gitea', 'right')).statusCode, 202);
  t.is((await post('/webhook/github', 'right')).statusCode, 404);
  t.is((await post('/webhook/__proto__', 'right')).statusCode, 404);
});

test('a huge body without a length is cut at the cap and the server lives on', async (t) => {
  const server = createHttpServer(handlers(), 'network');
  await server.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.server.address() as AddressInfo;
  const status = await new Promise<number>((resolve) => {
    const request = http.request(
      { port, host: '127.0.0.1', method: 'POST', path: '/webhook/gitea' },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    request.on('error', () => resolve(0));
    const block = Buffer.alloc(256 * 1024, 'x');
    for (let sent = 0; sent < 32; sent += 1) request.write(block);
    request.end();
  });
  t.true(status === 413 || status === 0, `${status}`);
  t.is((await server.inject('/healthz')).statusCode, 200);
  await server.close();
});

test('a handler that breaks tells nothing of the inside', async (t) => {
  const server = createHttpServer(
    handlers({
      environments: async () => {
        throw new Error('password=hunter2');
      },
    }),
    'local',
  );
  const reply = await server.inject('/api/v1/environments');
  t.is(reply.statusCode, 500);
  t.false(reply.body.includes('hunter2'));
});

test('an error of ours is told whole, with a status that says whose turn it is', async (t) => {
  const statusOf = async (error: Error) => {
    const release = async () => {
      throw error;
    };
    const server = createHttpServer(handlers({ release }), 'local');
    const reply = await server.inject({ method: 'POST', url: '/api/v1/environments/demo/release' });
    return { status: reply.statusCode, body: reply.json<unknown>() };
  };
  t.deepEqual(await statusOf(new UsageError('there is no environment x', { hint: 'There is demo.' })), {
    status: 400,
    body: { error: 'there is no environment x', code: 'DRV9008', hint: 'There is demo.' },
  });
  t.is((await statusOf(new ConflictError('vm/7 leads demo'))).status, 409);
  t.is((await statusOf(new UnavailableError('the repository has not been read yet'))).status, 503);
});
