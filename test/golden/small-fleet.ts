import type { Provenance } from '../../controller/render/render-environment.ts';
import type { FakeFleet } from '../fakes/fleet.ts';

export const smallProvenance: Provenance = {
  droverVersion: '0.4.0',
  parserVersion: '1.11.3',
  repoUrl: 'https://git.acme.example/platform/fleet.git',
  revision: {
    id: '1234567890abcdef1234567890abcdef12345678',
    author: 'Alice Example <alice@acme.example>',
    date: '2026-11-02T09:00:00Z',
    subject: 'Raise the web count',
    body: '',
  },
};

const job = {
  ID: 'web',
  Name: 'web',
  Namespace: null,
  Type: 'service',
  Datacenters: ['fsn1', 'dc1'],
  Constraints: [
    { LTarget: '${attr.kernel.name}', RTarget: 'linux', Operand: '=' },
    { LTarget: '${attr.cpu.arch}', RTarget: 'amd64', Operand: '=' },
  ],
  JobModifyIndex: 12,
  TaskGroups: [
    {
      Name: 'web',
      Count: 2,
      Update: { MaxParallel: 1, HealthyDeadline: 60_000_000_000, ProgressDeadline: 120_000_000_000 },
      Tasks: [
        { Name: 'web', Driver: 'raw_exec', Config: { command: '/bin/web', args: ['-v', '2.1'] }, Env: null },
      ],
    },
  ],
};

const web = 'variable "greeting" { type = string }\njob "web" {}\n';

const server = (name: string, address: string, labels: Record<string, string>) => ({
  kind: 'Server' as const,
  name,
  labels: { role: 'client', ...labels },
  spec: {
    class: { cores: 2, memory: '1Gi' },
    interfaces: { lan: { address: `${address}/16` } },
    facts: { port: 4646 },
  },
  path: 'servers.yaml',
});

/** One resource of nearly every kind, two servers, one HCL job. */
export const smallFleet: FakeFleet = {
  environment: { mode: 'Enforce', vars: { domain: 'acme.example', greeting: 'hello' } },
  files: {
    'web.nomad.hcl': web,
    'files/banner.txt': 'Welcome\n',
    'files/client.hcl': 'name = "${{ server.name }}"\n',
  },
  jobs: { 'NomadJob/shop/web': job },
  resources: [
    server('web-1', '10.20.0.11', { canary: 'true' }),
    server('web-2', '10.20.0.12', { 'drover.dev/quorum': 'nomad,consul' }),
    {
      kind: 'ServerKey',
      name: 'web-1',
      spec: { seal: 'x25519:7v2m7p0Qb0Yc0w8q0k5T6q2m8l0d9s3f4g5h6j7k8l0=' },
    },
    {
      kind: 'MachineConfig',
      name: 'baseline',
      spec: {
        priority: 10,
        selector: {},
        directories: { '/srv/www': { mode: '0755' } },
        files: {
          '/etc/motd': { content: 'plain\n' },
          '/etc/banner': { file: 'files/banner.txt', mode: '0600' },
          '/etc/old': 'absent',
        },
        checks: { page: { http: 'http://${{ server.address }}:8080/', timeout: '5s' } },
      },
    },
    {
      kind: 'MachineConfig',
      name: 'client',
      spec: {
        priority: 20,
        selector: { matchLabels: { role: 'client' } },
        files: {
          '/etc/motd': { content: '${{ server.name }} of ${{ vars.domain }}\n', template: true },
          '/etc/nomad.d/client.hcl': { template: 'files/client.hcl' },
          '/etc/nomad.d/token.hcl': { content: '${{ secret("kv/nomad", "token") }}\n', template: true },
        },
        units: {
          'nomad.service': {
            content: '[Service]\nExecStart=/usr/bin/nomad agent -config /etc/nomad.d\n',
            restartOn: ['/etc/nomad.d/client.hcl'],
          },
        },
        preconditions: { disk: { freeDisk: { path: '/', size: '1Gi' } } },
      },
    },
    { kind: 'NomadNamespace', name: 'shop', spec: { description: 'The shop', contact: '@acme/shop' } },
    {
      kind: 'NomadJob',
      name: 'web',
      namespace: 'shop',
      annotations: { 'drover.dev/protect': 'true' },
      spec: { hcl: { file: 'web.nomad.hcl' }, onStopped: 'Heal', dependsOn: ['cache'] },
    },
    {
      kind: 'NomadJob',
      name: 'cache',
      namespace: 'shop',
      spec: { json: { Job: { ID: 'cache', Type: 'system', TaskGroups: [] } } },
    },
    { kind: 'ConsulKey', name: 'flags', spec: { key: 'shop/flags', value: '{"newCheckout": false}' } },
    { kind: 'VaultMount', name: 'kv', spec: { type: 'kv', options: { version: '2' } } },
    {
      kind: 'VaultAuth',
      name: 'jwt-nomad',
      spec: { type: 'jwt', config: { jwks_url: 'http://127.0.0.1:4646/jwks' } },
    },
    {
      kind: 'VaultPolicy',
      name: 'Nomad-Workloads',
      spec: { rules: [{ path: 'kv/data/shop/*', capabilities: ['read'] }] },
    },
    {
      kind: 'VaultRole',
      name: 'nomad-workloads',
      spec: { auth: 'jwt-nomad', policies: ['Nomad-Workloads'], boundClaims: { nomad_namespace: '*' } },
    },
    {
      kind: 'VaultSecret',
      name: 'shop-db',
      spec: {
        path: 'kv/shop/db',
        keys: {
          password: { generate: { length: 24 } },
          url: { template: 'postgres://shop:${{ keys.password }}@db.${{ vars.domain }}/shop' },
        },
      },
    },
  ],
};
