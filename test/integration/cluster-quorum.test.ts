import test, { type ExecutionContext } from 'ava';
import { waitUntil } from '../../scripts/lab/wait-until.ts';
import { askAgent, askJson, type Question } from './ask-agent.ts';
import { quorumServers } from './quorum-definitions.ts';
import { createQuorumWorld, type QuorumWorld } from './quorum-world.ts';

/** All of them with DROVER_TEST_LONG=1. */
const changed = process.env['DROVER_TEST_LONG'] === '1' ? quorumServers : quorumServers.slice(-1);

let world: QuorumWorld;
let consul: (path: string) => Promise<unknown>;
let nomad: (path: string, question?: Question) => Promise<unknown>;
let rootToken: string;
let vault: (path: string, question?: Question) => Promise<unknown>;

test.before(async (t) => {
  t.timeout(60_000);
  world = await createQuorumWorld();
  const [first = ''] = world.addresses;
  const { nomadServer, vault: vaultServer } = world.certificates;
  consul = (path) =>
    askJson(`http://${first}:8500/v1/${path}`, { headers: { 'x-consul-token': world.management } });
  // Nomad's certificates name its role, not its address.
  nomad = (path, question) =>
    askJson(`https://${first}:4646/v1/${path}`, {
      ...nomadServer,
      servername: 'server.global.nomad',
      ...question,
    });
  vault = (path, question) =>
    askJson(`https://${first}:8200/v1/${path}`, { ca: vaultServer.ca, ...question });
});

test.after.always('stop', async () => {
  await world?.stop();
});

test.serial('nothing but Vault runs as long as Vault can’t give the secrets of the others', async (t) => {
  const fleet = world.render('INFO');
  t.deepEqual(fleet.errors, []);
  const applied = quorumServers.map((name) => world.machine(name).apply(fleet, new Map()));
  t.deepEqual(await Promise.all(applied), ['waiting', 'waiting', 'waiting']);
});

test.serial('one Vault is initialised by its own API', async (t) => {
  const body = { recovery_shares: 1, recovery_threshold: 1 };
  const made = (await vault('sys/init', { method: 'PUT', body })) as { root_token: string };
  rootToken = made.root_token;
  t.truthy(rootToken);
});

test.serial('with their secrets Consul and Nomad pass their checks, one server after another', async (t) => {
  const fleet = world.render('INFO');
  for (const name of [...quorumServers, 'c-1'])
    t.is(await world.machine(name).apply(fleet, world.values), 'applied', name);
  await expectQuorums(t);
});

test.serial('meanwhile the other Vaults have joined and opened themselves', async (t) => {
  await expectOpenVaults(t);
  const servers = await vaultMembers();
  t.deepEqual(servers.map(({ node_id }) => node_id).toSorted(), [...quorumServers]);
});

test.serial('agents know each other behind gossip keys, certificates and ACLs', async (t) => {
  const members = (await consul('agent/members')) as { Name: string; Status: number }[];
  const alive = 1;
  t.deepEqual(members.map(({ Name, Status }) => `${Name} ${Status === alive}`).toSorted(), [
    'c-1 true',
    'q-1 true',
    'q-2 true',
    'q-3 true',
  ]);
  t.like(await consul('agent/self'), { Stats: { serf_lan: { encrypted: 'true' } } });
  const [, , , client = ''] = world.addresses;
  const anonymous = await askAgent(`http://${client}:8500/v1/catalog/nodes`);
  t.deepEqual(JSON.parse(anonymous.body), []);
  const { SecretID } = (await nomad('acl/bootstrap', { method: 'POST' })) as { SecretID: string };
  const headers = { 'x-nomad-token': SecretID };
  // A server that does not lead hears of the token a moment later.
  const self = await waitUntil('the token', 10_000, () => nomad('agent/self', { headers }));
  t.like(self, { stats: { serf: { encrypted: 'true' } } });
  const node = await waitUntil('Nomad’s client', 30_000, async () => {
    const [found] = (await nomad('nodes', { headers })) as { ID: string; Status: string }[];
    if (found?.Status !== 'ready') return undefined;
    return (await nomad(`node/${found.ID}`, { headers })) as NomadNode;
  });
  t.like(node, {
    Name: 'c-1',
    Attributes: { 'vault.accessible': 'true' },
    Drivers: { raw_exec: { Healthy: true } },
  });
  t.deepEqual(Object.keys(node.HostVolumes), ['data']);
  const found = await waitUntil('Nomad’s services', 30_000, async () => {
    const services = (await consul('catalog/services')) as Record<string, readonly string[]>;
    return 'nomad' in services && 'nomad-client' in services ? services : undefined;
  });
  t.deepEqual(Object.keys(found).toSorted(), ['consul', 'nomad', 'nomad-client']);
});

test.serial(
  'a change that restarts all agents, one server after another, leaves the quorums whole',
  async (t) => {
    const fleet = world.render('DEBUG');
    if (changed.length > 1) await waitForVoters();
    for (const name of changed) t.is(await world.machine(name).apply(fleet, world.values), 'applied', name);
    await expectQuorums(t);
    await expectOpenVaults(t);
  },
);

interface RaftConfiguration {
  readonly data: {
    readonly config: { readonly servers: readonly { readonly node_id: string; readonly voter: boolean }[] };
  };
}

interface NomadNode {
  readonly Attributes: Readonly<Record<string, string>>;
  readonly HostVolumes: Readonly<Record<string, unknown>>;
}

async function vaultMembers() {
  const headers = { 'x-vault-token': rootToken };
  const found = (await vault('sys/storage/raft/configuration', { headers })) as RaftConfiguration;
  return found.data.config.servers;
}

/** Vault gives a new member its vote after ten seconds; until then the first is no quorum's, and its restart an outage. */
async function waitForVoters(): Promise<void> {
  await waitUntil('three voters', 30_000, async () =>
    (await vaultMembers()).every(({ voter }) => voter) ? true : undefined,
  );
}

/** 200 from the one that leads, 429 from one that stands by. */
async function expectOpenVaults(t: Pick<ExecutionContext, 'deepEqual'>): Promise<void> {
  const { ca } = world.certificates.vault;
  const statuses = await waitUntil('three open Vaults', 30_000, async () => {
    const asked = world.addresses
      .slice(0, quorumServers.length)
      .map(async (address) => (await askAgent(`https://${address}:8200/v1/sys/health`, { ca })).status);
    const found = (await Promise.all(asked)).toSorted((a, b) => a - b);
    return found[0] === 200 && found[2] === 429 ? found : undefined;
  });
  t.deepEqual(statuses, [200, 429, 429]);
}

async function expectQuorums(t: Pick<ExecutionContext, 'deepEqual'>): Promise<void> {
  const servers = world.addresses.slice(0, quorumServers.length);
  for (const { ask, port } of [
    { ask: consul, port: 8300 },
    { ask: nomad, port: 4647 },
  ]) {
    const expected = servers.map((address) => `${address}:${port}`);
    await waitUntil('a leader among them', 30_000, async () => {
      const leader = await ask('status/leader');
      return expected.find((server) => server === leader);
    });
    const peers = await waitUntil('three peers', 30_000, async () => {
      const found = (await ask('status/peers')) as readonly string[];
      return found.length >= 3 ? found : undefined;
    });
    t.deepEqual(peers.toSorted(), expected);
  }
}
