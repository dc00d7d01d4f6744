import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import test, { type ExecutionContext } from 'ava';
import { createGitObjects } from '../../controller/adapters/git/objects.ts';
import { createGitRemote } from '../../controller/adapters/git/remote.ts';
import { DeniedError, SourceError, UnavailableError } from '../../controller/model/errors.ts';
import { startGitHttp } from '../adapters/git/http-server.ts';
import { temporaryFolders } from '../adapters/git/temporary.ts';

const folder = temporaryFolders(test);
const signal = AbortSignal.timeout(60_000);
const token = 'tok3n-Zx$&+/=%"\'';
const main = 'refs/heads/main';

async function setup(t: ExecutionContext, password = token) {
  const directory = await folder();
  const server = await startGitHttp(t, await folder(), token);
  const passwordFile = join(await folder(), 'token');
  await writeFile(passwordFile, `${password}\n`);
  const credentials = { username: 'drover', passwordFile };
  const create = (url = server.url) => createGitRemote({ directory, url, credentials, transports: ['http'] });
  const commit = (message: string) =>
    createGitObjects({ directory }).writeCommit(
      { files: new Map(), parents: [], message, date: '2026-03-01T12:00:00Z' },
      signal,
    );
  return { directory, server, passwordFile, create, commit };
}

/** Arguments and environment of every process below this one. */
async function processTexts(): Promise<string[]> {
  const texts: string[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    for (const file of ['cmdline', 'environ']) {
      texts.push(await readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => ''));
    }
  }
  return texts;
}

function isSilent(error: unknown): boolean {
  const spellings = [token, encodeURIComponent(token), Buffer.from(token).toString('base64')];
  spellings.push(Buffer.from(`drover:${token}`).toString('base64'));
  const text = inspect(error, { depth: 10, showHidden: true });
  return spellings.every((spelling) => !text.includes(spelling));
}

test('the token lets in, and no process ever has it in arguments or environment', async (t) => {
  const { server, create, commit } = await setup(t);
  const remote = create();
  const seen: string[] = [];
  server.onRequest = async (request) => {
    if (request.headers.authorization !== undefined) seen.push(...(await processTexts()));
    return undefined;
  };
  const id = await commit('one');
  await remote.push([{ ref: main, to: id, expected: null }], signal);
  t.deepEqual([...(await remote.listRefs(['refs/'], signal))], [[main, id]]);
  t.true(seen.some((text) => text.includes('git-remote-http') || text.includes('remote-http')));
  t.false(seen.some((text) => text.includes(token)));
});

test('a rotated token is taken without a new adapter', async (t) => {
  const { passwordFile, create } = await setup(t, 'old');
  const remote = create();
  await t.throwsAsync(remote.listRefs(['refs/'], signal), { instanceOf: DeniedError });
  await writeFile(passwordFile, token);
  t.is((await remote.listRefs(['refs/'], signal)).size, 0);
});

const failures: readonly [string, number | undefined, new (message: string) => Error][] = [
  ['401', 401, DeniedError],
  ['403', 403, DeniedError],
  ['404', 404, SourceError],
  ['429', 429, UnavailableError],
  ['500', 500, UnavailableError],
  ['503', 503, UnavailableError],
];

for (const [name, status, kind] of failures) {
  test(`HTTP ${name} is a ${kind.name}, and the token is in no error`, async (t) => {
    const { server, create, commit } = await setup(t);
    const remote = create();
    const to = await commit('one');
    server.onRequest = () => status;
    for (const call of [
      () => remote.listRefs(['refs/'], signal),
      () => remote.fetch([main], signal),
      () => remote.push([{ ref: main, to, expected: null }], signal),
    ]) {
      const error = await t.throwsAsync(call(), { instanceOf: kind });
      t.true(isSilent(error), inspect(error));
    }
  });
}

test('a server that is away is unavailable, and the token is in no error', async (t) => {
  const { create } = await setup(t);
  const error = await t.throwsAsync(create('http://127.0.0.1:9/fleet.git').listRefs(['refs/'], signal), {
    instanceOf: UnavailableError,
  });
  t.true(isSilent(error));
});

test('a password file that is missing or empty is denied before git runs', async (t) => {
  const { directory, server, passwordFile, create } = await setup(t, '');
  await t.throwsAsync(create().listRefs(['refs/'], signal), { instanceOf: DeniedError, message: /is empty/ });
  const credentials = { username: 'drover', passwordFile: `${passwordFile}.gone` };
  const remote = createGitRemote({ directory, url: server.url, credentials, transports: ['http'] });
  await t.throwsAsync(remote.listRefs(['refs/'], signal), {
    instanceOf: DeniedError,
    message: /can't be read/,
  });
});

test('an account that may read but not write is denied, not in conflict', async (t) => {
  const { server, create, commit } = await setup(t);
  server.onRequest = ({ url }) => (url?.includes('receive-pack') ? 403 : undefined);
  const push = create().push([{ ref: main, to: await commit('one'), expected: null }], signal);
  const error = await t.throwsAsync(push, { instanceOf: DeniedError });
  t.true(isSilent(error));
});

test('an abort ends git at once and leaves no process behind', async (t) => {
  const { server, create } = await setup(t);
  const controller = new AbortController();
  const reason = new Error('enough');
  server.onRequest = () => {
    controller.abort(reason);
    return new Promise(() => undefined);
  };
  const startedMs = performance.now();
  const error = await t.throwsAsync(create().listRefs(['refs/'], controller.signal));
  t.is(error, reason);
  t.true(performance.now() - startedMs < 5000);
  const waiting = (await processTexts()).filter(
    (text) => text.includes('ls-remote') && text.includes(server.url),
  );
  t.deepEqual(waiting, []);
});
