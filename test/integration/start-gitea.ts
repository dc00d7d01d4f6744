import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface GiteaTool {
  readonly binary: string;
  /** The folder with Gitea's templates and options, for a binary that does not bring them. */
  readonly home: string | undefined;
}

export interface RunningGitea {
  readonly url: string;
  readonly directory: string;
  /** Calls the API as a person: `call('alice', 'POST', '/user/repos', {…})`. Gives the parsed answer. */
  call<Answer = unknown>(login: string, method: string, path: string, body?: unknown): Promise<Answer>;
  /** A file that holds this person's token. */
  tokenFile(login: string): string;
  stop(): Promise<void>;
}

const password = 'correct-horse-battery';

/**
 * A throw-away Gitea on loopback with these people; `root` administers it. Its pages hold 10 items, whatever is asked
 * for, so that every list of some length needs several.
 */
export async function startGitea(tool: GiteaTool, logins: readonly string[]): Promise<RunningGitea> {
  const directory = await mkdtemp(join(tmpdir(), 'drover-gitea-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const config = join(directory, 'app.ini');
  await mkdir(join(directory, 'repositories'));
  await writeFile(config, iniText({ directory, port, url, home: tool.home }));
  const environment = {
    HOME: directory,
    PATH: process.env.PATH ?? '',
    USER: process.env.USER ?? 'root',
    GITEA_WORK_DIR: directory,
    GITEA_I_AM_BEING_UNSAFE_RUNNING_AS_ROOT: 'true',
  };
  const gitea = (...args: string[]) => run(tool.binary, ['--config', config, ...args], { env: environment });
  await gitea('migrate');
  await gitea(...userArguments('root'), '--admin');
  const server = spawn(tool.binary, ['--config', config, 'web'], { env: environment, stdio: 'ignore' });
  const stop = async () => {
    await end(server);
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await isAnswering(`${url}/api/v1/version`);
    const tokens = await makePeople(url, directory, logins);
    const call = createCaller(url, tokens);
    return { url, directory, call, tokenFile: (login) => join(directory, `${login}.token`), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function userArguments(login: string): string[] {
  const identity = ['--username', login, '--email', `${login}@forge.test`, '--password', password];
  return ['admin', 'user', 'create', ...identity, '--must-change-password=false'];
}

interface IniValues {
  readonly directory: string;
  readonly port: number;
  readonly url: string;
  readonly home: string | undefined;
}

function iniText({ directory, port, url, home }: IniValues): string {
  return `APP_NAME = Forge
RUN_MODE = prod
WORK_PATH = ${directory}
[server]
PROTOCOL = http
HTTP_ADDR = 127.0.0.1
HTTP_PORT = ${port}
ROOT_URL = ${url}/
${home === undefined ? '' : `STATIC_ROOT_PATH = ${home}`}
OFFLINE_MODE = true
DISABLE_SSH = true
[database]
DB_TYPE = sqlite3
PATH = ${directory}/gitea.db
[repository]
ROOT = ${directory}/repositories
[security]
INSTALL_LOCK = true
PASSWORD_HASH_ALGO = pbkdf2_v1
[service]
DISABLE_REGISTRATION = true
[log]
MODE = file
LEVEL = warn
ROOT_PATH = ${directory}/log
[api]
MAX_RESPONSE_ITEMS = 10
[webhook]
ALLOWED_HOST_LIST = loopback
[indexer]
ISSUE_INDEXER_TYPE = db
[actions]
ENABLED = false
[cron.update_checker]
ENABLED = false
`;
}

async function makePeople(url: string, directory: string, logins: readonly string[]) {
  const tokens = new Map<string, string>();
  const basic = (login: string) => `Basic ${Buffer.from(`${login}:${password}`).toString('base64')}`;
  for (const login of ['root', ...logins]) {
    if (login !== 'root') {
      const body = { username: login, email: `${login}@forge.test`, password, must_change_password: false };
      await send(`${url}/api/v1/admin/users`, { authorization: basic('root'), method: 'POST', body });
    }
    const { sha1 } = await send<{ sha1: string }>(`${url}/api/v1/users/${login}/tokens`, {
      authorization: basic(login),
      method: 'POST',
      body: { name: 'test', scopes: ['all'] },
    });
    tokens.set(login, sha1);
    await writeFile(join(directory, `${login}.token`), `${sha1}\n`, { mode: 0o600 });
  }
  return tokens;
}

function createCaller(url: string, tokens: ReadonlyMap<string, string>): RunningGitea['call'] {
  return (login, method, path, body) =>
    send(`${url}/api/v1${path}`, { authorization: `token ${tokens.get(login) ?? ''}`, method, body });
}

async function send<Answer>(
  url: string,
  request: { authorization: string; method: string; body?: unknown },
): Promise<Answer> {
  const response = await fetch(url, {
    method: request.method,
    headers: { authorization: request.authorization, 'content-type': 'application/json' },
    body: request.body === undefined ? null : JSON.stringify(request.body),
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${request.method} ${url}: ${response.status} ${text.slice(0, 300)}`);
  return (text === '' ? undefined : JSON.parse(text)) as Answer;
}

async function isAnswering(url: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const isUp = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} did not answer within 30 s`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/** Ends the process, by force after 10 s. */
async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  const force = setTimeout(() => server.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(force);
}
