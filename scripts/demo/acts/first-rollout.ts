import { createHash } from 'node:crypto';
import { ensure, eventually } from '../expect.ts';
import { type DemoServer, environment, serverNames, type World } from '../world/index.ts';
import type { Act } from './act.ts';
import { awaitConverged, awaitGreen, awaitProposal, mergeAsPerson } from './proposals.ts';

interface NomadNode {
  readonly Name: string;
  readonly Status: string;
}

interface NomadService {
  readonly Address: string;
  readonly Port: number;
}

/** Fails early, with the log, when a program of ours has died. */
function watchPrograms(world: World): void {
  const programs = [world.controller.program, ...world.servers.map(({ agent }) => agent)];
  const dead = programs.find((program) => !program.isRunning());
  ensure(dead === undefined, `${dead?.name} is not running; see ${dead?.logFile}`);
}

export async function readMetrics(server: DemoServer): Promise<string> {
  const response = await fetch(server.metricsUrl, { signal: AbortSignal.timeout(5_000) });
  return response.text();
}

async function awaitServers(world: World): Promise<void> {
  await Promise.all(
    world.servers.map(async (server) => {
      await eventually(`node_exporter of ${server.name} says applied`, async () => {
        watchPrograms(world);
        return (await readMetrics(server)).includes('drover_l1_state{state="applied"} 1');
      });
      world.narrator.url(`${server.name} says applied`, server.metricsUrl);
    }),
  );
  const nodes = await eventually('three ready Nomad nodes', async () => {
    const found = await world.nomad<NomadNode[]>('/v1/nodes');
    const ready = found.filter(({ Status }) => Status === 'ready');
    return ready.length === serverNames.length && ready;
  });
  world.narrator.line(`Nomad has ${nodes.map(({ Name }) => Name).join(', ')}: started by their payloads`);
}

/** Asks every instance of a service over HTTP; addresses come from Nomad's own service registrations. */
export async function askService(world: World, name: string): Promise<readonly string[]> {
  const services = await world.nomad<NomadService[]>(`/v1/service/${name}?namespace=shop`);
  return Promise.all(
    services.map(async ({ Address, Port }) => {
      const response = await fetch(`http://${Address}:${Port}/`, { signal: AbortSignal.timeout(5_000) });
      ensure(response.ok, `${name} at ${Address}:${Port} answers ${response.status}`);
      return response.text();
    }),
  );
}

async function awaitJobs(world: World): Promise<void> {
  for (const name of ['web', 'api', 'status']) {
    const answers = await eventually(`the service ${name} answers HTTP`, async () => {
      watchPrograms(world);
      const found = await askService(world, name);
      return found.length > 0 && found;
    });
    world.narrator.line(`${name} answers on ${answers.length} addresses: ${answers[0]?.trim().slice(0, 90)}`);
  }
}

/** The job got the generated secret: it tells the hash of what it read, the value itself is never shown. */
async function checkSecret(world: World): Promise<void> {
  const secret = await world.vault<{ data: { data: { password: string } } }>('/v1/kv/data/shop/db');
  const hash = createHash('sha256').update(secret.data.data.password).digest('hex').slice(0, 12);
  await eventually('web tells the hash of the generated secret', async () =>
    (await askService(world, 'web')).every((answer) => answer.includes(hash)),
  );
  world.narrator.line(`web read the generated secret kv/shop/db (sha256 ${hash}…)`);
}

async function checkPayloads(world: World): Promise<void> {
  for (const { name } of world.servers) {
    const [entry] = await world.consul<{ Value: string }[]>(`/v1/kv/drover/${environment}/l1/${name}`);
    const [magic, header] = Buffer.from(entry?.Value ?? '', 'base64')
      .toString('latin1')
      .split('\n');
    ensure(magic === 'drover-l1 1', `the payload of ${name} has no header`);
    const keys = Object.keys(JSON.parse(header ?? '{}') as object).sort();
    ensure(!keys.includes('files'), `the header of ${name} shows content`);
  }
  world.narrator.line('Consul KV holds three sealed payloads: a header in clear, no content');
}

export const firstRollout: Act = {
  name: 'first proposal, merge, machines, jobs, converged',
  isLater: false,
  async run(world, stage) {
    await world.fleet.push('the fleet, as it is meant');
    world.narrator.url('definitions pushed to main', world.repository.pageUrl);
    world.controller.program.start();
    for (const { agent } of world.servers) agent.start();
    world.narrator.line(
      `controller at ${world.controller.url}, agents on ${world.servers.map((s) => s.address).join(', ')}`,
    );
    await stage.disturb();
    const pull = await awaitGreen(world, await awaitProposal(world));
    const commit = await mergeAsPerson(world, pull);
    await stage.disturb();
    await awaitServers(world);
    await checkPayloads(world);
    await awaitJobs(world);
    await checkSecret(world);
    await awaitConverged(world, commit, stage);
  },
};
