import type { KindName } from '../../../controller/kinds/kind.ts';
import { type FakeFleet, type FakeResource, fakeFleet } from '../../fakes/fleet.ts';

/** A server with an address and 4 cores; `more` goes over its spec. */
export function fakeServer(name: string, last: number, role: string, more: object = {}): FakeResource {
  const spec = {
    class: { cores: 4, memory: '8Gi' },
    interfaces: { lan: { address: `10.0.0.${last}/16` } },
    ...more,
  };
  return { kind: 'Server', name, labels: { role }, spec };
}

export const quorumServers: readonly FakeResource[] = [
  fakeServer('q-1', 1, 'quorum'),
  fakeServer('q-2', 2, 'quorum'),
  fakeServer('q-3', 3, 'quorum'),
];

export function fakeCluster(kind: KindName, more: object = {}): FakeResource {
  const servers = { matchLabels: { role: 'quorum' } };
  const clients = kind === 'VaultCluster' ? {} : { clients: { matchLabels: { role: 'client' } } };
  return { kind, name: 'main', spec: { version: '1.2.3', servers, ...clients, ...more } };
}

/** The machine configuration that the clusters of a fleet make of one server, as they stand together. */
export function machineOf(fake: FakeFleet, server: string) {
  const fleet = fakeFleet(fake);
  const resource = fleet.find('Server', server);
  if (resource === undefined) throw new Error(`there is no ${server}`);
  const [config, ...others] = fleet.machineConfigs(resource);
  return { config, others, fleet, resource };
}

/** The agent's configuration as JSON, expressions put between quotes that are there already. */
export function agentJson(fake: FakeFleet, server: string, path: string): Record<string, unknown> {
  const { config, others } = machineOf(fake, server);
  const file = [config, ...others].map((one) => one?.spec.files?.[path]).find((one) => one !== undefined);
  if (file === undefined || file === 'absent') throw new Error(`${server} has no ${path}`);
  const text = file.content ?? '';
  return JSON.parse(text.replaceAll(/\$\{\{[^}]*\}\}/g, 'EXPRESSION')) as Record<string, unknown>;
}
