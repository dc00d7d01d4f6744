import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Tool } from '../toolchain/index.ts';
import { ensureUser, type GiteaUser, hasGoodToken, makeToken, tokenHeader } from './gitea-api.ts';
import { writeGiteaConfig } from './gitea-config.ts';
import { createGiteaRepository } from './gitea-repository.ts';
import { createLabServer, folderOf, type LabContext, type LabServer, labEnvironment } from './lab-server.ts';
import { requestJson } from './request-json.ts';
import { readSecret, writeSecret } from './secret-file.ts';
import { waitUntil } from './wait-until.ts';

const run = promisify(execFile);
const readyMs = 60_000;
const commandMs = 30_000;
const organisation = 'acme';

export const giteaPortCount = 1;

export interface GiteaRepository {
  /** `owner/name`. */
  readonly name: string;
  /** Over HTTP, without credentials: a user's name and token are the basic authentication. */
  readonly cloneUrl: string;
  readonly pageUrl: string;
}

export interface GiteaServer extends LabServer {
  /** `alice` is the administrator and a person who merges, `bob` a second person, `drover` the bot. */
  readonly users: Readonly<Record<'alice' | 'bob' | 'drover', GiteaUser>>;
  /** An empty repository of the organisation, with protected branches. `requiredChecks` are patterns of contexts. */
  createRepository(
    name: string,
    options?: { readonly requiredChecks?: readonly string[] },
  ): Promise<GiteaRepository>;
}

export interface GiteaOptions {
  readonly tool: Tool;
  readonly ports: readonly number[];
}

function forgeUser(folder: string, name: string): GiteaUser {
  const file = (kind: string) => path.join(folder, 'tokens', `${name}.${kind}`);
  return { name, tokenFile: file('token'), passwordFile: file('password') };
}

interface AdminCommand {
  readonly binary: string;
  readonly configFile: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The first user can't be made through the API. The command chooses the password and prints it, so that none stands in an
 * argument list.
 */
async function ensureAdmin(url: string, user: GiteaUser, command: AdminCommand): Promise<string> {
  if (!(await hasGoodToken(url, user))) {
    const who = ['--username', user.name, '--email', `${user.name}@drover.invalid`, '--admin'];
    const password = ['--random-password', '--random-password-length=20', '--must-change-password=false'];
    const create = ['admin', 'user', 'create', '--config', command.configFile, ...who, ...password];
    if ((await readSecret(user.passwordFile)) === undefined) {
      const { stdout } = await run(command.binary, create, { env: command.env, timeout: commandMs });
      const printed = /^generated random password is '(.+)'$/m.exec(stdout)?.[1];
      if (printed === undefined) throw new Error('gitea: the first user got no password');
      await writeSecret(user.passwordFile, printed);
    }
    await makeToken(url, user);
  }
  return (await readSecret(user.tokenFile)) ?? '';
}

async function ensureOrganisation(url: string, adminToken: string): Promise<void> {
  const headers = tokenHeader(adminToken);
  const known = await requestJson(`${url}/api/v1/orgs/${organisation}`, { headers, accept: [404] });
  if (known.status !== 404) return;
  const body = { username: organisation, visibility: 'public' };
  await requestJson(`${url}/api/v1/orgs`, { method: 'POST', headers, body });
}

function giteaEnvironment(): Readonly<Record<string, string>> {
  // Gitea refuses to run as root without it; as anybody else it must not be needed.
  return process.getuid?.() === 0 ? { GITEA_I_AM_BEING_UNSAFE_RUNNING_AS_ROOT: 'true' } : {};
}

/** Gitea on sqlite: a forge with an administrator, a second person, a bot and an organisation. */
export async function createGiteaServer(context: LabContext, options: GiteaOptions): Promise<GiteaServer> {
  const folder = folderOf(context, 'gitea');
  const { tool } = options;
  const { address } = context;
  const [port = 0] = options.ports;
  const url = `http://${address}:${port}`;
  const configFile = await writeGiteaConfig({ folder, address, port, staticRoot: tool.home });
  const env = { ...labEnvironment(context, folder), ...giteaEnvironment() };
  const users = {
    alice: forgeUser(folder, 'alice'),
    bob: forgeUser(folder, 'bob'),
    drover: forgeUser(folder, 'drover'),
  };

  const server = createLabServer(context, {
    name: 'gitea',
    url,
    binary: tool.binary,
    args: ['web', '--config', configFile],
    env: giteaEnvironment(),
    ready: async (isLost) => {
      const isUp = async (signal: AbortSignal) => {
        await requestJson(`${url}/api/healthz`, { signal });
        return true;
      };
      await waitUntil('gitea: health', readyMs, isUp, isLost);
      const token = await ensureAdmin(url, users.alice, { binary: tool.binary, configFile, env });
      await Promise.all([ensureUser(url, token, users.bob), ensureUser(url, token, users.drover)]);
      await ensureOrganisation(url, token);
    },
  });
  return {
    ...server,
    users,
    createRepository: async (name, { requiredChecks = [] } = {}) => {
      const token = (await readSecret(users.alice.tokenFile)) ?? '';
      const people = {
        owner: organisation,
        bot: 'drover',
        maintainer: 'alice',
        writers: ['alice', 'bob', 'drover'],
      };
      await createGiteaRepository(url, token, { ...people, name, requiredChecks });
      const full = `${organisation}/${name}`;
      return { name: full, cloneUrl: `${url}/${full}.git`, pageUrl: `${url}/${full}` };
    },
  };
}
