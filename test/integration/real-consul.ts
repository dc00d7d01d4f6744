import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLab } from '../../scripts/lab/index.ts';
import { requestJson } from '../../scripts/lab/request-json.ts';

export interface RealConsul {
  readonly address: string;
  /** The management token; everything else is denied by default. */
  readonly token: string;
  /** The token of the shipped controller policy, with `test/` as a prefix of users' keys. */
  readonly controllerTokenFile: string;
  request(method: 'GET' | 'PUT', path: string, body?: unknown): Promise<unknown>;
  /** Makes a token for a policy in Consul's own rule language. */
  createToken(rules: string): Promise<string>;
  stop(): Promise<void>;
}

/** One Consul server of the lab, with throw-away data. */
export async function startRealConsul(): Promise<RealConsul> {
  const directory = await mkdtemp(join(tmpdir(), 'drover-consul-'));
  const lab = await createLab({ directory, components: ['consul'], log: () => undefined });
  const { url, tokens } = lab.consul;
  const token = (await readFile(tokens.bootstrap, 'utf8')).trim();
  const request: RealConsul['request'] = async (method, path, body) => {
    const headers = { 'x-consul-token': token };
    const given = body === undefined ? {} : { body };
    return (await requestJson(`${url}/v1/${path}`, { method, headers, ...given })).body;
  };
  return {
    address: url,
    token,
    controllerTokenFile: tokens.controller,
    request,
    createToken: (rules) => createToken(request, rules),
    async stop() {
      await lab.stopAll();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function createToken(request: RealConsul['request'], rules: string): Promise<string> {
  const name = `test-${randomUUID()}`;
  await request('PUT', 'acl/policy', { Name: name, Rules: rules });
  const made = (await request('PUT', 'acl/token', { Policies: [{ Name: name }] })) as { SecretID: string };
  return made.SecretID;
}
