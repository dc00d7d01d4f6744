import { once } from 'node:events';
import { createServer } from 'node:http';
import test from 'ava';
import { createTransitSigner } from '../../../controller/adapters/vault/transit-signer.ts';
import { UnavailableError } from '../../../controller/model/errors.ts';

const signal = AbortSignal.timeout(60_000);

async function signAgainst(status: number, body: string): Promise<unknown> {
  const server = createServer((_, response) => response.writeHead(status).end(body)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const settings = {
    address: `http://127.0.0.1:${port}`,
    key: 'drover',
    token: async () => 't',
    timeoutMs: 2000,
  };
  try {
    return await createTransitSigner(settings).sign(Buffer.from('x'), signal);
  } finally {
    server.close();
  }
}

test('a sealed Vault is unavailable, never a signature', async (t) => {
  await t.throwsAsync(signAgainst(503, '{"errors":["Vault is sealed"]}'), { instanceOf: UnavailableError });
});

test('an answer that is cut off, empty or endless is unavailable', async (t) => {
  for (const body of ['{"data":', '', '[]', `{"data":"${'x'.repeat(300_000)}"}`]) {
    await t.throwsAsync(signAgainst(200, body), { instanceOf: UnavailableError });
  }
});
