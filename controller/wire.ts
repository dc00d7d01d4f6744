import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Logger } from 'pino';
import { createConsul } from './adapters/consul/index.ts';
import { createFileSigner } from './adapters/file/signer.ts';
import { createGitObjects } from './adapters/git/objects.ts';
import { createGitRemote } from './adapters/git/remote.ts';
import { createGitea } from './adapters/gitea/index.ts';
import { readGiteaWebhook } from './adapters/gitea/webhook.ts';
import { createNodeExporterMetrics } from './adapters/node-exporter/metrics.ts';
import { createNomad } from './adapters/nomad/index.ts';
import { createOfflineParser } from './adapters/nomad/offline-parser.ts';
import { readOnly } from './adapters/nomad/read-only.ts';
import { createProgramChecker } from './adapters/programs/checker.ts';
import { createSystemClock } from './adapters/system/clock.ts';
import { createEventLog } from './adapters/system/event-log.ts';
import { createFileMemo } from './adapters/system/file-memo.ts';
import { createRememberedLease } from './adapters/system/remembered-lease.ts';
import { createTokenSource } from './adapters/token-source.ts';
import { createVault } from './adapters/vault/index.ts';
import { createTransitSigner } from './adapters/vault/transit-signer.ts';
import type { ClusterConfig, Config } from './config.ts';
import { createRecordBranch } from './hydrate/record-branch.ts';
import { UsageError } from './model/errors.ts';
import type { Signer } from './ports/signer.ts';
import type { Cluster } from './reconcile/cluster.ts';
import type { Repository } from './reconcile/repository.ts';
import { droverVersion } from './version.ts';

export interface Wired {
  readonly repository: Repository;
  readonly clusters: ReadonlyMap<string, Cluster>;
  /** Checks and reads one delivery; absent when no secret is configured. */
  readonly readWebhook:
    | ((headers: Parameters<typeof readGiteaWebhook>[0], body: Uint8Array) => boolean)
    | undefined;
  close(): Promise<void>;
}

const requestTimeoutMs = 10_000;
const scrapeTimeoutMs = 3_000;

/** Settings to adapters. The only place that constructs them. */
export function wire(config: Config, options: { readonly instance: string; readonly logger: Logger }): Wired {
  const clock = createSystemClock();
  const directory = path.join(config.dataDirectory, 'repository.git');
  const objects = createGitObjects({ directory });
  const { username, passwordFile, allowInsecure } = config.repository;
  const remote = createGitRemote({
    directory,
    url: config.repository.url,
    environment: gitEnvironment(),
    ...(allowInsecure ? { transports: ['https', 'ssh', 'http', 'file'] as const } : {}),
    ...(username === undefined || passwordFile === undefined
      ? {}
      : { credentials: { username, passwordFile } }),
  });
  const forge = createGitea({
    baseUrl: config.forge.url,
    repository: config.forge.repository,
    tokenFile: config.forge.tokenFile,
  });
  const events = createEventLog({
    file: path.join(config.dataDirectory, 'events.ndjson'),
    by: options.instance,
    clock,
    onEvent: ({ kind, environment, key, message }) =>
      options.logger.info({ kind, environment, key }, message),
  });
  const repository: Repository = {
    url: config.repository.url,
    branch: config.repository.branch,
    name: config.forge.repository,
    droverVersion,
    objects,
    remote,
    record: createRecordBranch({ objects, remote, clock }),
    ...forge,
    parser: createOfflineParser({ binary: config.parser.nomad }),
    configChecker: config.programs ? wirePrograms(config) : undefined,
    memo: createFileMemo(path.join(config.dataDirectory, 'memo')),
    clock,
    events,
  };
  const clusters = Object.entries(config.clusters).map(
    ([name, cluster]) => [name, wireCluster(name, cluster, config.dataDirectory)] as const,
  );
  return {
    repository,
    clusters: new Map(clusters),
    readWebhook: webhookReader(config.forge.webhookSecretFile),
    async close() {
      for (const [, cluster] of clusters) cluster.close();
      await objects.close();
    },
  };
}

/** The parser's Nomad is the one that is asked, when it is named by its place. */
function wirePrograms({ parser }: Config) {
  const binaries = path.isAbsolute(parser.nomad) ? { nomad: parser.nomad } : {};
  return createProgramChecker({ searchPath: process.env['PATH'] ?? '', binaries });
}

const gitVariables = [
  'HTTPS_PROXY',
  'HTTP_PROXY',
  'NO_PROXY',
  'GIT_SSL_CAINFO',
  'SSL_CERT_FILE',
  'SSH_AUTH_SOCK',
];

/** Proxy, certificates and the ssh agent; nothing else of our environment reaches git. */
function gitEnvironment(): Readonly<Record<string, string>> {
  const entries = gitVariables.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}

interface WiredCluster extends Cluster {
  close(): void;
}

function wireCluster(name: string, config: ClusterConfig, dataDirectory: string): WiredCluster {
  const consul = createConsul({ ...config.consul, timeoutMs: requestTimeoutMs });
  const nomad = config.nomad === undefined ? undefined : wireNomad(config.nomad);
  const vault = config.vault === undefined ? undefined : createVault(config.vault);
  return {
    name,
    kv: consul.kv,
    consul,
    lease: createRememberedLease(consul.lease, path.join(dataDirectory, 'leases', name)),
    signer: wireSigner(name, config),
    metrics: createNodeExporterMetrics({ timeoutMs: scrapeTimeoutMs }),
    metricsPort: config.metricsPort,
    agentIntervalMs: config.agentIntervalMs,
    nomad: nomad?.write,
    planNomad: nomad?.plan,
    vault,
    close() {
      consul.close();
      nomad?.close();
      vault?.close();
    },
  };
}

/** Three tokens: what jobs need, looking on, and the management token that Nomad asks for namespaces and access. */
function wireNomad(config: NonNullable<ClusterConfig['nomad']>) {
  const { address, tokenFile, planTokenFile = tokenFile, namespacesTokenFile = tokenFile } = config;
  const write = createNomad({ address, tokenFile });
  const plan = createNomad({ address, tokenFile: planTokenFile });
  const manage = createNomad({ address, tokenFile: namespacesTokenFile });
  const { namespaces, aclPolicies, authMethods } = manage;
  return {
    write: { ...write, namespaces, aclPolicies, authMethods },
    // Nobody else is shown policies and auth methods.
    plan: { ...plan, aclPolicies: readOnly(aclPolicies), authMethods: readOnly(authMethods) },
    close: () => [write, plan, manage].forEach((client) => client.close()),
  };
}

function wireSigner(name: string, { signer, vault }: ClusterConfig): Signer {
  if ('keyFile' in signer) return createFileSigner({ keyFile: signer.keyFile });
  if (vault === undefined) throw new UsageError(`clusters.${name}: a transit signer needs vault`);
  const token = createTokenSource({ tokenFile: vault.tokenFile });
  return createTransitSigner({
    address: vault.address,
    token: async () => (await token()) ?? '',
    key: signer.transit,
    timeoutMs: requestTimeoutMs,
  });
}

function webhookReader(secretFile: string | undefined): Wired['readWebhook'] {
  if (secretFile === undefined) return undefined;
  return (headers, body) => {
    // Read for each delivery: the secret may be rotated while we run.
    const secret = readFileSync(secretFile, 'utf8').trim();
    return readGiteaWebhook(headers, body, secret) !== undefined;
  };
}
