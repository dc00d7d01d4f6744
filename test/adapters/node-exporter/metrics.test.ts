import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import test, { type ExecutionContext } from 'ava';
import { createNodeExporterMetrics } from '../../../controller/adapters/node-exporter/metrics.ts';
import { UnavailableError } from '../../../controller/model/errors.ts';
import { metricsContract } from '../../contracts/metrics.ts';
import { createFakeMetrics } from '../../fakes/metrics.ts';

const signal = AbortSignal.timeout(60_000);
const page = '# HELP drover_test x\n# TYPE drover_test gauge\ndrover_test{path="a\\"b"} 1.5\n';

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  server.unref();
  await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/metrics`;
}

const scrape = async (_: ExecutionContext, listener: RequestListener) =>
  createNodeExporterMetrics({ timeoutMs: 500, maxBytes: 10_000 }).scrape(
    { server: 'web-1', url: await serve(listener) },
    signal,
  );

metricsContract(test, 'HTTP', async () => ({
  metrics: createNodeExporterMetrics({ timeoutMs: 2000 }),
  url: await serve((_, response) => response.end(page)),
  deadUrl: 'http://127.0.0.1:9/metrics',
}));

metricsContract(test, 'fake metrics', async () => {
  const metrics = createFakeMetrics();
  metrics.pages.set('up', [{ name: 'drover_test', labels: { path: 'a"b' }, value: 1.5 }]);
  return { metrics, url: 'up', deadUrl: 'down' };
});

test('a body without end is cut at the limit', async (t) => {
  const endless: RequestListener = (_, response) => {
    const timer = setInterval(() => response.write('x'.repeat(4000)), 1);
    response.on('close', () => clearInterval(timer));
  };
  await t.throwsAsync(scrape(t, endless), { instanceOf: UnavailableError });
});

test('a body that never comes is unavailable at the deadline', async (t) => {
  await t.throwsAsync(
    scrape(t, (_, response) => response.write('x 1\n')),
    { instanceOf: UnavailableError },
  );
});

test('an error answer and a redirect are unavailable', async (t) => {
  await t.throwsAsync(
    scrape(t, (_, response) => response.writeHead(500).end()),
    { instanceOf: UnavailableError },
  );
  await t.throwsAsync(
    scrape(t, (_, response) => response.writeHead(302, { location: '/elsewhere' }).end()),
    { instanceOf: UnavailableError },
  );
});
