import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import { writeSecret } from '../../lab/secret-file.ts';
import { environment, type WorldBase } from './base.ts';
import { createProgram, type Program } from './program.ts';

const run = promisify(execFile);

export interface WorldController {
  readonly program: Program;
  readonly url: string;
  readonly configFile: string;
  readonly dataDirectory: string;
  /** `ed25519:…`: what the agents trust. */
  readonly publicKey: string;
}

/** A controller with keys, settings and a webhook; not started. */
export async function createWorldController(base: WorldBase): Promise<WorldController> {
  const folder = path.join(base.directory, 'controller');
  await mkdir(folder, { recursive: true });
  const secretFile = path.join(folder, 'webhook.secret');
  await writeSecret(secretFile, randomUUID());
  const { stdout } = await run(base.drover, ['keys', 'controller', '--out', folder], { env: base.env });
  const configFile = path.join(folder, 'controller.yaml');
  await writeFile(configFile, stringify(settings(base, folder, secretFile)));
  const url = `http://127.0.0.1:${base.httpPort}`;
  await createWebhook(base, { url: `${url}/webhook/gitea`, secretFile });
  return {
    url,
    configFile,
    dataDirectory: path.join(folder, 'data'),
    publicKey: stdout.trim(),
    program: createProgram({
      name: 'controller',
      command: base.drover,
      args: ['controller', '--config', configFile],
      env: base.env,
      logFile: path.join(base.directory, 'logs/controller.log'),
    }),
  };
}

function settings(
  { lab, repository, ...base }: WorldBase,
  folder: string,
  webhookSecretFile: string,
): object {
  const { tokenFile } = lab.gitea.users.drover;
  const { consul, nomad, vault } = lab;
  return {
    repository: {
      url: repository.cloneUrl,
      username: 'drover',
      passwordFile: tokenFile,
      allowInsecure: true,
    },
    forge: { type: 'gitea', url: lab.gitea.url, repository: repository.name, tokenFile, webhookSecretFile },
    dataDirectory: path.join(folder, 'data'),
    listen: { address: '127.0.0.1', port: base.httpPort },
    poll: '2s',
    driftInterval: '2s',
    parser: { nomad: base.nomad },
    clusters: {
      [environment]: {
        consul: { address: consul.url, tokenFile: consul.tokens.controller },
        nomad: {
          address: nomad.url,
          tokenFile: nomad.tokens.controller,
          planTokenFile: nomad.tokens.plan,
          namespacesTokenFile: nomad.tokens.namespaces,
        },
        vault: { address: vault.url, tokenFile: vault.tokens.controller },
        signer: { keyFile: path.join(folder, 'controller.key') },
        metricsPort: base.metricsPort,
        agentInterval: '1s',
      },
    },
  };
}

async function createWebhook(
  { lab, repository }: WorldBase,
  { url, secretFile }: { readonly url: string; readonly secretFile: string },
): Promise<void> {
  const token = (await readFile(lab.gitea.users.alice.tokenFile, 'utf8')).trim();
  const secret = (await readFile(secretFile, 'utf8')).trim();
  const response = await fetch(`${lab.gitea.url}/api/v1/repos/${repository.name}/hooks`, {
    method: 'POST',
    headers: { authorization: `token ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      type: 'gitea',
      active: true,
      events: ['push', 'pull_request', 'issue_comment', 'pull_request_review'],
      config: { url, content_type: 'json', secret },
    }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok)
    throw new Error(`the webhook could not be made: ${response.status} ${await response.text()}`);
}
