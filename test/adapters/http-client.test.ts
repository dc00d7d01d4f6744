import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import test from 'ava';
import { createHttpClient } from '../../controller/adapters/http-client.ts';
import { segment } from '../../controller/adapters/nomad/client.ts';

test('a path arrives as it was written, dots and all', async (t) => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(request.url ?? '');
    response.end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  const { port } = server.address() as AddressInfo;
  const address = `http://127.0.0.1:${port}`;
  const http = createHttpClient({
    system: 'Test',
    address,
    timeoutMs: 5000,
    maxConnections: 1,
    maxBodyBytes: 100,
  });
  t.teardown(() => http.close());
  const ids = ['..', '.', '...', 'a/../b', 'ü?#%41'];
  for (const id of ids) {
    const path = `/v1/job/${segment(id)}?namespace=x`;
    t.is((await http.call({ method: 'GET', path }, AbortSignal.timeout(5000))).status, 200);
  }
  t.deepEqual(seen, [
    '/v1/job/%2E%2E?namespace=x',
    '/v1/job/%2E?namespace=x',
    '/v1/job/...?namespace=x',
    '/v1/job/a%2F..%2Fb?namespace=x',
    '/v1/job/%C3%BC%3F%23%2541?namespace=x',
  ]);
});
