import { randomBytes } from 'node:crypto';
import { requestJson, textAt } from './request-json.ts';
import { ensureSecret, readSecret, writeSecret } from './secret-file.ts';

export interface GiteaUser {
  readonly name: string;
  /** An API token with all scopes; also the password of git over HTTP. */
  readonly tokenFile: string;
  /** For the login page. */
  readonly passwordFile: string;
}

/** What Gitea answers when a user of that name exists. */
const unprocessable = 422;

function basic(name: string, password: string): Readonly<Record<string, string>> {
  return { authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}` };
}

export function tokenHeader(token: string): Readonly<Record<string, string>> {
  return { authorization: `token ${token}` };
}

const makePassword = (): string => randomBytes(12).toString('base64url');

/** Whether the token of that file is still one of the forge's. */
export async function hasGoodToken(url: string, user: GiteaUser): Promise<boolean> {
  const token = await readSecret(user.tokenFile);
  if (token === undefined) return false;
  const headers = tokenHeader(token);
  const self = await requestJson(`${url}/api/v1/user`, { headers, accept: [401, 403, 404] });
  return self.status === 200;
}

/** Makes an API token for somebody whose password is known. One of the same name from a killed set-up is replaced. */
export async function makeToken(url: string, user: GiteaUser): Promise<void> {
  const password = (await readSecret(user.passwordFile)) ?? '';
  const headers = basic(user.name, password);
  const tokens = `${url}/api/v1/users/${user.name}/tokens`;
  await requestJson(`${tokens}/lab`, { method: 'DELETE', headers, accept: [404] });
  const body = { name: 'lab', scopes: ['all'] };
  const made = await requestJson(tokens, { method: 'POST', headers, body });
  await writeSecret(user.tokenFile, textAt(made.body, 'sha1'));
}

/** Creates an ordinary user through the API, with password and token. */
export async function ensureUser(url: string, adminToken: string, user: GiteaUser): Promise<void> {
  if (await hasGoodToken(url, user)) return;
  const password = await ensureSecret(user.passwordFile, makePassword);
  const body = {
    username: user.name,
    email: `${user.name}@drover.invalid`,
    password,
    must_change_password: false,
  };
  const headers = tokenHeader(adminToken);
  await requestJson(`${url}/api/v1/admin/users`, { method: 'POST', headers, body, accept: [unprocessable] });
  await makeToken(url, user);
}
