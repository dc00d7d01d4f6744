import { gitBlobId } from '../../controller/model/git-object.ts';
import type { SourceFile, SourceTree } from '../../controller/model/source.ts';

/** So many datacenters: each has members of the quorums, and its share of the clients. */
const datacenters = ['fsn1', 'nbg1', 'hel1'];
const members = 3;

/**
 * A fleet with all that the checks look at: clusters, a group of clients a datacenter, configurations, namespaces with tenants,
 * policies, and typed jobs with ports, services and constraints.
 */
export function makeSites(servers: number, jobs: number): SourceTree {
  const clients = Math.floor((servers - members) / datacenters.length);
  const files = [
    file('drover.yaml', project),
    file('base/clusters.yaml', documents(clusters)),
    file('base/machines.yaml', documents(machines)),
    file('base/policies.yaml', documents(policies)),
    file('base/namespaces.yaml', documents(teams.map((team) => document('NomadNamespace', team, {})))),
    file('env/quorum.yaml', documents(datacenters.map((name, index) => quorumMember(name, index)))),
    file(
      'env/clients.yaml',
      documents(datacenters.map((name, index) => clientGroup({ name, index, clients }))),
    ),
    ...range(jobs).map((index) => jobFile(index)),
  ];
  return { commit: undefined, files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

type Words = Readonly<Record<string, unknown>>;

function file(path: string, text: string): SourceFile {
  const bytes = new TextEncoder().encode(text);
  return { path, bytes, blobId: gitBlobId(bytes) };
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** JSON is YAML. */
function documents(all: readonly Words[]): string {
  return all.map((one) => `${JSON.stringify(one, null, 1)}\n`).join('---\n');
}

function document(kind: string, name: string, spec: Words, metadata: Words = {}): Words {
  return { apiVersion: 'drover.dev/v1alpha1', kind, metadata: { name, ...metadata }, spec };
}

const teams = range(20).map((index) => `team-${index}`);

const project = documents([
  document('Project', 'bench', {
    environments: {
      prod: { folders: ['base', 'teams', 'env'], cluster: 'prod', vars: { domain: 'example.org' } },
    },
    tenants: teams.map((team) => ({
      path: `teams/${team}/**`,
      kinds: ['Application', 'NomadJob'],
      namespaces: [team],
      jobs: { drivers: ['docker'], privileged: false },
    })),
  }),
]);

const quorum = { matchLabels: { role: 'quorum' } };

const clusters = [
  document('ConsulCluster', 'main', { version: '1.20.5', servers: quorum, clients: {} }),
  document('VaultCluster', 'main', { version: '1.21.2', servers: quorum, storage: 'Raft' }),
  document('NomadCluster', 'main', {
    version: '1.11.3',
    servers: quorum,
    clients: { matchLabels: { role: 'client' } },
    consul: 'main',
    vault: { cluster: 'main' },
  }),
];

const unitText =
  '[Unit]\nDescription=x\n[Service]\nExecStart=/usr/bin/node-exporter\n[Install]\nWantedBy=multi-user.target\n';

const machines = [
  document('MachineConfig', 'baseline', {
    selector: {},
    priority: 10,
    files: {
      '/etc/motd': { content: '${{ server.name }} of ${{ vars.domain }}\n', template: true },
      '/etc/static.conf': { content: 'static = yes\n' },
    },
    units: {
      'node-exporter.service': {
        content: unitText,
        enabled: true,
        state: 'Running',
        restartOn: ['/etc/static.conf'],
      },
    },
  }),
  document('MachineConfig', 'hosts', {
    selector: { matchLabels: { role: 'client' } },
    priority: 20,
    files: { '/etc/docker/daemon.json': { content: '{"live-restore": true}\n' } },
    units: { 'docker.service': { enabled: true, state: 'Running', restartOn: ['/etc/docker/daemon.json'] } },
  }),
];

const policies = [
  document('Policy', 'no-latest', {
    match: { kinds: ['Application'] },
    rule: 'resource.spec.image.contains("@sha256:")',
    message: 'images are pinned',
  }),
];

const machineClass = { cores: 32, cpu: '96GHz', memory: '128Gi', disks: { nvme0: '1Ti' } };

function quorumMember(datacenter: string, index: number): Words {
  const spec = {
    datacenter,
    failureDomain: `rack-${index}`,
    class: machineClass,
    interfaces: { lan: { address: `10.0.${index}.1` } },
  };
  return document('Server', `quorum-${index}`, spec, { labels: { role: 'quorum' } });
}

function clientGroup({ name, index, clients }: { name: string; index: number; clients: number }): Words {
  return document('ServerGroup', `clients-${name}`, {
    template: {
      metadata: { labels: { role: 'client' } },
      spec: { datacenter: name, failureDomain: `row-${index}`, class: machineClass, interfaces: { lan: {} } },
    },
    count: clients,
    naming: `${name}-\${{ index }}`,
    addressRange: `10.${index + 1}.0.1-10.${index + 1}.200.250`,
  });
}

function jobFile(index: number): SourceFile {
  const team = teams[index % teams.length] ?? 'team-0';
  const spec = {
    image: `registry.example.org/${team}/app:1.${index}@sha256:${'0'.repeat(64)}`,
    count: 2,
    ports: { http: 8080 },
    env: { INDEX: String(index), PUBLIC_URL: `https://app-${index}.\${{ vars.domain }}` },
    resources: { cpu: 200, memory: '256Mi' },
    health: { http: { path: '/healthz', port: 'http' } },
    placement: { distinctHosts: true },
  };
  const definition = document('Application', `app-${index}`, spec, { namespace: team });
  return file(`teams/${team}/app-${index}.yaml`, documents([definition]));
}
