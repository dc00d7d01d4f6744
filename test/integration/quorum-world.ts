import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SecretValues } from '../../controller/apply/l1/resolve-secrets.ts';
import { isFreePort } from '../../scripts/lab/free-ports.ts';
import { ensureTool } from '../../scripts/toolchain/index.ts';
import { makeKeys } from '../node/make-payload.ts';
import { type Certificate, makeCertificates, readCertificate } from './make-certificates.ts';
import { type QuorumFleet, quorumDefinitions, quorumServers } from './quorum-definitions.ts';
import { startRealVault } from './real-vault.ts';
import { type RenderedFleet, renderFleet } from './rendered-agents.ts';
import { createMachine, type Machine } from './rendered-machine.ts';

type Certificates = Readonly<Record<'consul' | 'nomadServer' | 'nomadClient' | 'vault', Certificate>>;

/** Three servers and a client, each with Drover's agent and without anything of Consul, Nomad or Vault yet. */
export interface QuorumWorld {
  /** Of the three servers, then of the client. */
  readonly addresses: readonly string[];
  readonly certificates: Certificates;
  /** The values of all secrets of the definitions. */
  readonly values: SecretValues;
  /** Consul's management token. */
  readonly management: string;
  machine(name: string): Machine;
  render(logLevel: 'INFO' | 'DEBUG'): RenderedFleet;
  stop(): Promise<void>;
}

export async function createQuorumWorld(): Promise<QuorumWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'drover-quorum-'));
  const machines = new Map<string, Machine>();
  const seal = await startSeal();
  const stop = async () => {
    await Promise.all([...machines.values()].map((machine) => machine.stop()));
    await seal.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const addresses = await freeAddresses();
    const certificates = await certificatesFor(folder, addresses);
    const binaries = await findBinaries();
    const keys = await makeKeys();
    for (const name of [...quorumServers, 'c-1']) {
      const machine = await createMachine(name, keys);
      machines.set(name, machine);
      await bringFiles(machine, certificates, name === 'c-1' ? undefined : seal.token);
    }
    const volume = await makeVolume(folder, machineOf(machines, 'c-1'));
    const management = randomUUID();
    const fleet = {
      addresses,
      binaries,
      sealAddress: seal.address,
      volume,
      vaultAuthority: certificates.vault.ca,
    };
    return {
      addresses,
      certificates,
      values: valuesOf(certificates, management),
      management,
      machine: (name) => machineOf(machines, name),
      render: (logLevel) => renderFleet(quorumDefinitions({ ...fleet, logLevel })),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Nomad's volume: a folder for Nomad itself, and one below what the agent takes for its root. */
async function makeVolume(folder: string, { root }: Machine): Promise<string> {
  const volume = join(folder, 'volume');
  for (const path of [volume, join(root, volume)]) await mkdir(path, { recursive: true });
  return volume;
}

function machineOf(machines: ReadonlyMap<string, Machine>, name: string): Machine {
  const machine = machines.get(name);
  if (machine === undefined) throw new Error(`there is no machine ${name}`);
  return machine;
}

async function findBinaries(): Promise<QuorumFleet['binaries']> {
  const find = async (name: 'consul' | 'nomad' | 'vault') =>
    (await ensureTool(name, { log: () => undefined })).binary;
  return { consul: await find('consul'), nomad: await find('nomad'), vault: await find('vault') };
}

/** The Vault that opens the others, and a token that may do just that. */
async function startSeal() {
  const vault = await startRealVault();
  await vault.request('POST', 'sys/mounts/transit', { type: 'transit' });
  await vault.request('POST', 'transit/keys/autounseal', {});
  const rules = ['encrypt', 'decrypt'].map(
    (verb) => `path "transit/${verb}/autounseal" { capabilities = ["update"] }`,
  );
  return {
    address: vault.address,
    token: await vault.createToken(rules.join('\n')),
    stop: () => vault.stop(),
  };
}

const usualPorts = [4646, 4647, 4648, 8200, 8201, 8300, 8301, 8302, 8500, 8501, 8502, 8503, 8600];

/** Addresses where the programs' usual ports are free: the definitions say no others. */
async function freeAddresses(): Promise<readonly string[]> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const prefix = `127.${randomInt(64, 127)}.${randomInt(1, 255)}`;
    const addresses = [1, 2, 3, 4].map((last) => `${prefix}.${last}`);
    const free = await Promise.all(
      addresses.flatMap((address) => usualPorts.map((port) => isFreePort(address, port))),
    );
    if (free.every(Boolean)) return addresses;
  }
  throw new Error('no loopback addresses with free ports');
}

async function certificatesFor(folder: string, addresses: readonly string[]): Promise<Certificates> {
  const made = await makeCertificates(join(folder, 'made'), { datacenter: 'fsn1', addresses });
  return {
    consul: await readCertificate(made.consulServer),
    nomadServer: await readCertificate(made.nomadServer),
    nomadClient: await readCertificate(made.nomadClient),
    vault: await readCertificate(made.vaultServer),
  };
}

/** What docs/clusters.md leaves to the operator. */
async function bringFiles(
  machine: Machine,
  made: Certificates,
  sealToken: string | undefined,
): Promise<void> {
  const isClient = sealToken === undefined;
  const own = isClient
    ? { nomad: made.nomadClient }
    : { nomad: made.nomadServer, consul: made.consul, vault: made.vault };
  for (const [program, { cert, key }] of Object.entries(own)) {
    await machine.bring(`/etc/${program}.d/tls/cert.pem`, cert);
    await machine.bring(`/etc/${program}.d/tls/key.pem`, key);
  }
  if (!isClient) await machine.bring('/etc/vault.d/vault.env', `VAULT_TOKEN=${sealToken}\n`);
}

function valuesOf({ consul, nomadServer, vault }: Certificates, management: string): SecretValues {
  const key = () => randomBytes(32).toString('base64');
  return new Map([
    ['kv/consul#gossip', key()],
    ['kv/consul#ca', consul.ca],
    ['kv/consul#management', management],
    ['kv/nomad#gossip', key()],
    ['kv/nomad#ca', nomadServer.ca],
    ['kv/vault#ca', vault.ca],
  ]);
}
