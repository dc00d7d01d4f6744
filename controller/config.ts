import path from 'node:path';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { parse } from 'yaml';

const text = (description: string) => Type.String({ minLength: 1, description });
const file = (description: string) =>
  text(`${description} Relative paths start at the config file's folder.`);
const duration = (description: string, fallback: string) =>
  Type.String({ pattern: '^[0-9]+(ms|s|m|h)$', default: fallback, description });
const object = <P extends Parameters<typeof Type.Object>[0]>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });

const clusterSchema = object({
  consul: object({ address: text('Base URL.'), tokenFile: file('ACL token of the controller.') }),
  nomad: Type.Optional(
    object({
      address: text('Base URL.'),
      tokenFile: file('ACL token that may register jobs.'),
      planTokenFile: Type.Optional(file('Token that may only plan; used for pull requests.')),
      namespacesTokenFile: Type.Optional(
        file(
          'Management token for namespaces, ACL policies and auth methods: Nomad lets nothing less write them. Default: tokenFile.',
        ),
      ),
    }),
  ),
  vault: Type.Optional(object({ address: text('Base URL.'), tokenFile: file("The controller's token.") })),
  signer: Type.Union([
    object({ keyFile: file('Ed25519 secret key made by `drover keys controller`.') }),
    object({ transit: text('Name of the ed25519 key in Vault transit.') }),
  ]),
  metricsPort: Type.Integer({
    minimum: 1,
    maximum: 65535,
    default: 9100,
    description: 'Port of node_exporter on every server.',
  }),
  agentInterval: duration(
    'Heartbeat interval of the node agents; older than three of them is silent.',
    '15s',
  ),
});

/** The controller's own settings: addresses and token files live here, never in git. Reference: docs/controller-config.md. */
export const configSchema = object({
  repository: object({
    url: text(
      'Where the definitions are cloned from and proposals are pushed to (https, ssh; http only when allowed).',
    ),
    branch: Type.String({ default: 'main', description: 'The definitions branch.' }),
    username: Type.Optional(text('User name for https.')),
    passwordFile: Type.Optional(file('File that holds the password or token for https.')),
    allowInsecure: Type.Boolean({
      default: false,
      description: 'Allow http:// and file:// URLs (tests, loopback).',
    }),
  }),
  forge: object({
    type: Type.Literal('gitea', { description: 'Gitea and Forgejo.' }),
    url: text('Base URL of the forge.'),
    repository: Type.String({ pattern: '^[^/]+/[^/]+$', description: 'owner/name.' }),
    tokenFile: file("File with the API token of Drover's own account."),
    webhookSecretFile: Type.Optional(
      file('File with the secret of the webhook. Without it no webhook is routed.'),
    ),
  }),
  dataDirectory: file('Folder for the clone, memos, events and the control socket.'),
  listen: Type.Optional(
    object({
      address: Type.String({ default: '127.0.0.1', description: 'Address of the HTTP server.' }),
      port: Type.Integer({
        minimum: 0,
        maximum: 65535,
        default: 9440,
        description: 'Port; 0 takes a free one.',
      }),
    }),
  ),
  publicUrl: Type.Optional(text('URL that people reach the controller at; used in links.')),
  poll: duration('How often the references are read when no webhook shortens it.', '30s'),
  driftInterval: duration('How often the live side is compared when nothing happens.', '60s'),
  parser: object({
    nomad: text('The nomad program that parses HCL, offline and with an empty environment.'),
  }),
  programs: Type.Boolean({
    default: true,
    description:
      'Whether rendered configuration files and jobs are given to the programs that read them, where they are on PATH.',
  }),
  clusters: Type.Record(Type.String({ pattern: '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$' }), clusterSchema),
});

type RawConfig = Static<typeof configSchema>;
type RawCluster = RawConfig['clusters'][string];

export interface ClusterConfig extends Omit<RawCluster, 'agentInterval'> {
  readonly agentIntervalMs: number;
}

export interface Config extends Omit<RawConfig, 'poll' | 'driftInterval' | 'clusters' | 'listen'> {
  readonly listen: { readonly address: string; readonly port: number };
  readonly pollMs: number;
  readonly driftIntervalMs: number;
  readonly clusters: Readonly<Record<string, ClusterConfig>>;
}

export type ConfigOutcome =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Raw text of the config file to a frozen Config, or every problem at once. `directory` resolves relative paths. */
export function readConfig(source: string, directory: string): ConfigOutcome {
  const raw = parseYaml(source);
  if (raw.problem !== undefined) return { ok: false, problems: [raw.problem] };
  const filled = withDefaults(raw.value);
  if (!Value.Check(configSchema, filled)) return { ok: false, problems: describeProblems(filled) };
  return { ok: true, config: freeze(absoluteFiles(filled, directory)) };
}

/** Defaults inside a record are not filled in with the rest. */
function withDefaults(value: unknown): unknown {
  const filled = Value.Default(configSchema, value);
  const clusters = (filled as { clusters?: unknown } | undefined)?.clusters;
  if (typeof clusters === 'object' && clusters !== null) {
    for (const cluster of Object.values(clusters)) Value.Default(clusterSchema, cluster);
  }
  return filled;
}

function parseYaml(source: string): { value?: unknown; problem?: string } {
  try {
    return { value: parse(source, { uniqueKeys: true, maxAliasCount: 10 }) };
  } catch (error) {
    return { problem: `not readable as YAML: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function describeProblems(value: unknown): string[] {
  const problems = Value.Errors(configSchema, value).map((error) => {
    const place = error.instancePath.replaceAll('/', '.').replace(/^\./, '') || 'config';
    return error.keyword === 'boolean' ? `${place}: unknown setting` : `${place}: ${error.message}`;
  });
  return [...new Set(problems)].filter((problem) => !problem.includes('must not have additional properties'));
}

function absoluteFiles(raw: RawConfig, directory: string): RawConfig {
  const absolute = (value: unknown, key: string): unknown => {
    if (typeof value === 'string' && (key.endsWith('File') || key === 'dataDirectory')) {
      return path.resolve(directory, value);
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, absolute(item, name)]));
  };
  return absolute(raw, '') as RawConfig;
}

function freeze(raw: RawConfig): Config {
  const { poll, driftInterval, clusters, listen, ...rest } = raw;
  const readyClusters = Object.entries(clusters).map(([name, { agentInterval, ...cluster }]) => [
    name,
    { ...cluster, agentIntervalMs: durationMs(agentInterval) },
  ]);
  return Object.freeze({
    ...rest,
    listen: listen ?? { address: '127.0.0.1', port: 9440 },
    pollMs: durationMs(poll),
    driftIntervalMs: durationMs(driftInterval),
    clusters: Object.fromEntries(readyClusters) as Config['clusters'],
  });
}

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

function durationMs(value: string): number {
  const match = /^(\d+)(ms|s|m|h)$/.exec(value);
  return Number(match?.[1] ?? 0) * (unitMs[match?.[2] ?? 'ms'] ?? 1);
}
