import path from 'node:path';
import type { AdoptWorld } from '../adopt/adopt-world.ts';
import type { WavePorts } from '../apply/l2/target.ts';
import { DefectError, UsageError } from '../model/errors.ts';
import type { Jobs } from '../ports/jobs.ts';
import type { CliIo } from './io.ts';

export interface SystemTexts {
  readonly nomad: string | undefined;
  readonly consul: string | undefined;
  readonly vault: string | undefined;
}

export interface ImportSystems {
  readonly world: Pick<AdoptWorld, 'nomad' | 'consul' | 'vault'>;
  /** To compare with, by the very code that the controller compares with. Nothing in it can write. */
  readonly ports: WavePorts;
  close(): void;
}

const timeoutMs = 20_000;

/** The systems that are asked for, for looking alone. */
export async function openImportSystems(
  request: { readonly addresses: SystemTexts; readonly tokenFiles: SystemTexts },
  io: CliIo,
): Promise<ImportSystems> {
  const { createSystemClock } = await import('../adapters/system/clock.ts');
  const [nomad, consul, vault] = await Promise.all([
    openNomad(settingsOf('nomad', request, io)),
    openConsul(settingsOf('consul', request, io)),
    openVault(settingsOf('vault', request, io)),
  ]);
  const opened = [nomad, consul, vault].filter((system) => system !== undefined);
  return {
    world: {
      ...(nomad === undefined ? {} : { nomad: nomad.world }),
      ...(consul === undefined ? {} : { consul: consul.world }),
      ...(vault === undefined ? {} : { vault: vault.world }),
    },
    ports: {
      ...nomad?.ports,
      ...consul?.ports,
      ...vault?.ports,
      clock: createSystemClock(),
      events: { emit: () => undefined },
    },
    close: () => {
      for (const system of opened) system.close();
    },
  };
}

interface Settings {
  readonly address: string;
  readonly token?: string;
  readonly tokenFile?: string;
  readonly timeoutMs: number;
}

const tokenVariables = { nomad: 'NOMAD_TOKEN', consul: 'CONSUL_HTTP_TOKEN', vault: 'VAULT_TOKEN' } as const;

function settingsOf(
  system: keyof SystemTexts,
  request: { readonly addresses: SystemTexts; readonly tokenFiles: SystemTexts },
  io: CliIo,
): Settings | undefined {
  const address = request.addresses[system];
  if (address === undefined) return undefined;
  const url = URL.parse(address);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(`--${system} can't be ${JSON.stringify(address)}`, {
      hint: `An address has its scheme: http://127.0.0.1:4646.`,
    });
  }
  const file = request.tokenFiles[system];
  const token = io.env[tokenVariables[system]];
  return {
    address,
    timeoutMs,
    ...(file === undefined ? {} : { tokenFile: path.resolve(io.cwd, file) }),
    ...(file === undefined && token !== undefined && token !== '' ? { token } : {}),
  };
}

interface Opened {
  readonly ports: Partial<WavePorts>;
  close(): void;
}

async function openNomad(
  settings: Settings | undefined,
): Promise<(Opened & { readonly world: NonNullable<AdoptWorld['nomad']> }) | undefined> {
  if (settings === undefined) return undefined;
  const [{ createNomad }, { readOnly }] = await Promise.all([
    import('../adapters/nomad/index.ts'),
    import('../adapters/nomad/read-only.ts'),
  ]);
  const nomad = createNomad(settings);
  const ports = {
    jobs: readOnlyJobs(nomad.jobs),
    placement: nomad.placement,
    namespaces: readOnly(nomad.namespaces),
    nodePools: readOnly(nomad.nodePools),
    aclPolicies: readOnly(nomad.aclPolicies),
  };
  const { jobSources, listings } = nomad;
  return { ports, world: { ...ports, jobSources, listings }, close: () => nomad.close() };
}

async function openConsul(
  settings: Settings | undefined,
): Promise<(Opened & { readonly world: NonNullable<AdoptWorld['consul']> }) | undefined> {
  if (settings === undefined) return undefined;
  const [{ createConsul }, { readOnly }] = await Promise.all([
    import('../adapters/consul/index.ts'),
    import('../adapters/nomad/read-only.ts'),
  ]);
  const consul = createConsul(settings);
  const { kv, listings } = consul;
  const configEntries = readOnly(consul.configEntries);
  const aclPolicies = readOnly(consul.aclPolicies);
  return {
    ports: { kv: { ...kv, transact: refuse }, configEntries, consulAclPolicies: aclPolicies },
    world: { kv, configEntries, aclPolicies, listings },
    close: () => consul.close(),
  };
}

async function openVault(
  settings: Settings | undefined,
): Promise<(Opened & { readonly world: NonNullable<AdoptWorld['vault']> }) | undefined> {
  if (settings === undefined) return undefined;
  const [{ createVault }, { readOnly }] = await Promise.all([
    import('../adapters/vault/index.ts'),
    import('../adapters/nomad/read-only.ts'),
  ]);
  const vault = createVault(settings);
  const ports = {
    mounts: readOnly(vault.mounts),
    auths: readOnly(vault.auths),
    policies: readOnly(vault.policies),
    roles: readOnly(vault.roles),
  };
  return { ports, world: { ...ports, listings: vault.listings }, close: () => vault.close() };
}

function readOnlyJobs(jobs: Jobs): Jobs {
  return {
    read: (ref, signal) => jobs.read(ref, signal),
    versions: (ref, signal) => jobs.versions(ref, signal),
    list: (request, signal) => jobs.list(request, signal),
    // It changes nothing, but a token that may only read may not ask for it.
    plan: async () => ({ diffType: '', updates: [], warnings: [], failures: [] }),
    register: refuse,
    deregister: refuse,
  };
}

async function refuse(): Promise<never> {
  throw new DefectError('an import was about to write');
}
