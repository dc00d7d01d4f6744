import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { createGiteaClient } from '../../../controller/adapters/gitea/client.ts';
import { createGitea } from '../../../controller/adapters/gitea/index.ts';
import {
  ConflictError,
  DeniedError,
  DroverError,
  ForgeError,
  UnavailableError,
} from '../../../controller/model/errors.ts';

const token = 'tok3n-that-must-not-leak';
const { signal } = new AbortController();

/** A forge that answers as the test says. */
async function served(t: ExecutionContext, listener: RequestListener, timeoutMs = 2000) {
  const directory = await mkdtemp(join(tmpdir(), 'drover-client-'));
  const tokenFile = join(directory, 'token');
  await writeFile(tokenFile, `${token}\n`);
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(async () => {
    server.closeAllConnections();
    server.close();
    await rm(directory, { recursive: true, force: true });
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const baseUrl = `http://127.0.0.1:${port}`;
  return { baseUrl, repository: 'acme/fleet', tokenFile, timeoutMs };
}

const statuses = [
  [401, DeniedError],
  [403, DeniedError],
  [404, ForgeError],
  [409, ConflictError],
  [418, ForgeError],
  [429, UnavailableError],
  [500, UnavailableError],
  [503, UnavailableError],
  [302, ForgeError],
] as const;

for (const [status, expected] of statuses) {
  test(`${status} becomes ${expected.name}, without the token`, async (t) => {
    const settings = await served(t, (_request, response) => {
      response.writeHead(status, { location: 'http://127.0.0.1:1/' });
      response.end(JSON.stringify({ message: `refused ${token}` }));
    });
    const error = await t.throwsAsync(createGitea(settings).pulls.get(1, signal), { instanceOf: expected });
    t.true(error instanceof DroverError);
    t.false(`${error?.stack}${JSON.stringify(error)}${String(error?.cause)}`.includes(token));
  });
}

for (const status of [405, 409, 422]) {
  test(`${status} on a merge is a conflict`, async (t) => {
    const settings = await served(t, (_request, response) => response.writeHead(status).end());
    const merge = createGitea(settings).pulls.merge(1, { headId: 'a'.repeat(40), message: 'm' }, signal);
    await t.throwsAsync(merge, { instanceOf: ConflictError });
  });
}

test('a redirect is not followed, so the token goes nowhere else', async (t) => {
  const seen: string[] = [];
  const other = await served(t, (request, response) => {
    seen.push(request.headers.authorization ?? 'none');
    response.end('{}');
  });
  const settings = await served(t, (_request, response) =>
    response.writeHead(307, { location: `${other.baseUrl}/x` }).end(),
  );
  await t.throwsAsync(createGitea(settings).pulls.get(1, signal), { instanceOf: ForgeError });
  t.deepEqual(seen, []);
});

test('a forge that does not answer in time is unavailable; the caller ends it sooner', async (t) => {
  const settings = await served(t, () => {}, 100);
  await t.throwsAsync(createGitea(settings).pulls.get(1, signal), {
    instanceOf: UnavailableError,
    message: /within 100 ms/,
  });
  const reason = new Error('stopped');
  await t.throwsAsync(createGitea(settings).pulls.get(1, AbortSignal.abort(reason)), { is: reason });
});

test('an endless body is cut off', async (t) => {
  const settings = await served(t, (_request, response) => {
    const chunk = Buffer.alloc(1024 * 1024, 32);
    const pour = () => {
      while (!response.destroyed && response.write(chunk));
      if (!response.destroyed) response.once('drain', pour);
    };
    pour();
  });
  await t.throwsAsync(createGitea({ ...settings, timeoutMs: 20_000 }).pulls.get(1, signal), {
    instanceOf: ForgeError,
    message: /more than \d+ bytes/,
  });
});

test('nonsense is refused by the field that is wrong', async (t) => {
  const settings = await served(t, (_request, response) => response.end('{"number":"seven"}'));
  await t.throwsAsync(createGitea(settings).pulls.get(1, signal), { message: /no pull request/ });
  const html = await served(t, (_request, response) => response.end('<html>'));
  await t.throwsAsync(createGitea(html).pulls.get(1, signal), { instanceOf: ForgeError, message: /no JSON/ });
});

test('120 items on pages shorter than asked for are all read, with Link or with a count', async (t) => {
  for (const way of ['link', 'count']) {
    const settings = await served(t, (request, response) => {
      const page = Number(new URL(request.url ?? '', 'http://x').searchParams.get('page'));
      const items = Array.from({ length: Math.min(13, 120 - (page - 1) * 13) }, (_, index) => index);
      const isLast = page * 13 >= 120;
      if (way === 'link') response.setHeader('link', isLast ? '<x>; rel="first"' : '<x>; rel="next"');
      else response.setHeader('x-total-count', '120');
      response.end(JSON.stringify(items));
    });
    t.is((await createGiteaClient(settings).listAll({ path: '/x' }, signal)).length, 120, way);
  }
});

test('a list that never ends is refused', async (t) => {
  const settings = await served(t, (_request, response) => {
    response.setHeader('link', '<x>; rel="next"');
    response.end('[1]');
  });
  await t.throwsAsync(createGiteaClient(settings).listAll({ path: '/x' }, signal), {
    message: /more than 100/,
  });
});

test('a new token in the file is used without a restart', async (t) => {
  const seen: (string | undefined)[] = [];
  const settings = await served(t, (request, response) => {
    seen.push(request.headers.authorization);
    response.end('{"id":1,"login":"drover"}');
  });
  const { comments } = createGitea(settings);
  await comments.whoAmI(signal);
  await writeFile(settings.tokenFile, 'a-newer-token');
  await comments.whoAmI(signal);
  t.deepEqual(seen, [`token ${token}`, 'token a-newer-token']);
});

test('a token file that is missing, empty or holds more than a token is denied', async (t) => {
  const settings = await served(t, (_request, response) => response.end('{}'));
  for (const content of ['', 'two words', 'a\nb', 'x'.repeat(5000)]) {
    await writeFile(settings.tokenFile, content);
    await t.throwsAsync(createGitea(settings).comments.whoAmI(signal), { instanceOf: DeniedError });
  }
  const missing = { ...settings, tokenFile: `${settings.tokenFile}-gone` };
  await t.throwsAsync(createGitea(missing).comments.whoAmI(signal), { instanceOf: DeniedError });
});

test('names are escaped in paths', async (t) => {
  const seen: (string | undefined)[] = [];
  const settings = await served(t, (request, response) => {
    seen.push(request.url);
    response.writeHead(404).end();
  });
  await createGitea(settings).reviews.mayWrite('../../admin?x=', signal);
  t.deepEqual(seen, ['/api/v1/repos/acme/fleet/collaborators/..%2F..%2Fadmin%3Fx%3D/permission']);
});
