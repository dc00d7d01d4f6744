import { randomUUID } from 'node:crypto';
import { requestJson } from './request-json.ts';
import { ensureSecret } from './secret-file.ts';
import { waitUntil } from './wait-until.ts';

/** Consul's ACL endpoints, called with the management token. */
export interface ConsulAcl {
  readonly url: string;
  readonly management: string;
}

const header = (token: string) => ({ 'x-consul-token': token });

/** Makes `management` the first management token. Repeatable: the one who did it before is recognised by the same token. */
export async function bootstrapConsulAcl(
  { url, management }: ConsulAcl,
  timeoutMs: number,
  isLost: () => string | undefined,
): Promise<void> {
  const ask = async (signal: AbortSignal) => {
    const self = await requestJson(`${url}/v1/acl/token/self`, {
      headers: header(management),
      accept: [403],
      signal,
    });
    if (self.status === 200) return true;
    // Answers 500 until the first leader has made the ACL system: asked again.
    await requestJson(`${url}/v1/acl/bootstrap`, {
      method: 'PUT',
      body: { BootstrapSecret: management },
      signal,
    });
    return true;
  };
  await waitUntil('consul: leader and ACL', timeoutMs, ask, isLost);
}

/** Creates the policy or brings it to these rules. */
export async function ensureConsulPolicy(acl: ConsulAcl, name: string, rules: string): Promise<void> {
  const headers = header(acl.management);
  const known = await requestJson(`${acl.url}/v1/acl/policy/name/${name}`, { headers, accept: [404, 403] });
  const id = known.status === 200 ? `/${Reflect.get(known.body as object, 'ID')}` : '';
  const body = { Name: name, Rules: rules };
  await requestJson(`${acl.url}/v1/acl/policy${id}`, { method: 'PUT', headers, body });
}

export interface TokenRequest {
  readonly file: string;
  readonly description: string;
  readonly policies?: readonly string[];
  readonly node?: { readonly name: string; readonly datacenter: string };
}

/**
 * The secret is chosen and kept before Consul hears of it, so that a killed set-up can be repeated.
 * @returns the secret.
 */
export async function ensureConsulToken(acl: ConsulAcl, request: TokenRequest): Promise<string> {
  const secret = await ensureSecret(request.file, randomUUID);
  const self = await requestJson(`${acl.url}/v1/acl/token/self`, { headers: header(secret), accept: [403] });
  if (self.status === 200) return secret;
  const { node, policies = [] } = request;
  await requestJson(`${acl.url}/v1/acl/token`, {
    method: 'PUT',
    headers: header(acl.management),
    body: {
      SecretID: secret,
      Description: request.description,
      Policies: policies.map((name) => ({ Name: name })),
      NodeIdentities: node ? [{ NodeName: node.name, Datacenter: node.datacenter }] : [],
    },
  });
  return secret;
}

/** Gives the agent its own token (it keeps it over restarts), and waits until it stands in the catalog: sessions need that. */
export async function registerConsulAgent(
  acl: ConsulAcl,
  agent: { token: string; node: string },
  wait: { timeoutMs: number; isLost: () => string | undefined },
): Promise<void> {
  const headers = header(acl.management);
  await requestJson(`${acl.url}/v1/agent/token/agent`, {
    method: 'PUT',
    headers,
    body: { Token: agent.token },
  });
  const ask = async (signal: AbortSignal) => {
    const found = await requestJson(`${acl.url}/v1/catalog/node/${agent.node}`, { headers, signal });
    return found.body === null ? undefined : true;
  };
  await waitUntil('consul: the agent in the catalog', wait.timeoutMs, ask, wait.isLost);
}
