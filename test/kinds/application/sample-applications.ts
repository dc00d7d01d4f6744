import type { Fleet } from '../../../controller/kinds/kind.ts';
import { type FakeResource, fakeFleet } from '../../fakes/fleet.ts';

const resources = { cpu: 50, memory: '32Mi' };
const image =
  'registry.acme.example/shop/web:1@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

export const bracesText =
  'for {{ .Program }}, [[ others ]], ((these)), <<those>> and ${NOMAD_TASK_DIR} $${x}\n';

/** What a variable must survive that is read through `toJSON`, as secrets are. */
export const hardText = 'two\nlines, a "quote", \\ <tag> & $HOME # ü \'x\' \t.';

/** Applications that together use every field. */
export const sampleApplications: Readonly<Record<string, object>> = {
  least: { image, resources: { memory: '32Mi' } },
  web: {
    image,
    count: 2,
    args: ['--port', '8080'],
    entrypoint: ['/bin/web'],
    user: '1000:1000',
    workdir: '/srv',
    ports: { http: 8080, metrics: { port: 9100, static: 9100 } },
    env: { LOG_LEVEL: 'info', TRICKY: 'a "quoted" ${NOMAD_PORT_http} $${x} %{if} \\ \n second line\t' },
    secrets: {
      DATABASE_URL: { secret: 'shop-db', key: 'url' },
      STRIPE_KEY: { secret: 'shop-db', key: 'stripe-key', onChange: 'None' },
      TOKEN: { secret: 'shop-db', key: 'password', file: '/run/token' },
    },
    files: {
      '/local/plain.txt': { content: 'plain\n' },
      '/etc/web/braces.tmpl': { file: 'files/braces.tmpl' },
      '/etc/web/rendered.conf': { template: 'files/rendered.conf', mode: '0640', onChange: 'None' },
      '/local/empty': { content: '', onChange: 'Signal:HUP' },
    },
    resources: { ...resources, memoryMax: '64Mi', disk: '500Mi' },
    health: { http: { path: '/healthz', port: 'http' }, interval: '5s', timeout: '1s' },
    routes: [
      { host: 'shop.acme.example', port: 'http' },
      { host: 'acme.example', path: '/shop', port: 'http' },
    ],
    placement: {
      spread: 'failureDomain',
      distinctHosts: true,
      constraints: ['attr.kernel.name = linux', 'meta.rack is_set', 'attr.nomad.version semver ">= 1.8.0"'],
      affinities: ['node.class = fast', { expr: 'attr.cpu.arch != arm64', weight: -20 }],
    },
    update: { maxParallel: 2, canaries: 1, autoPromote: true, minHealthy: '20s', deadline: '12m' },
    migration: { command: ['bin/migrate', 'up'], deadline: '20m' },
    kill: { signal: 'SIGTERM', timeout: '30s' },
    stateful: true,
  },
  bridged: {
    image,
    ports: { http: 8080, admin: { port: 9000, static: 9000 } },
    resources,
    health: { tcp: { port: 'http' } },
    sidecars: {
      proxy: { image, resources, env: { UPSTREAM: '127.0.0.1:8080' }, kill: { timeout: '1m' } },
      logs: { image, resources, volumes: { data: { mount: '/logs', readOnly: true } } },
    },
    volumes: { data: { mount: '/var/lib/data' } },
  },
  backup: {
    type: 'Batch',
    schedule: { cron: '15 2 * * *', timezone: 'Europe/Berlin' },
    image,
    command: ['pgbackrest', 'backup'],
    volumes: { data: { mount: '/data', readOnly: true } },
    resources,
  },
  once: { type: 'Batch', once: 'PerContent', image, command: ['true'], resources },
  everywhere: { type: 'System', image, resources, update: { maxParallel: 3 } },
  sweep: { type: 'Sysbatch', image, command: ['sweep'], resources },
  isolated: {
    command: ['/usr/bin/agent', '--port', '7777'],
    args: ['--verbose'],
    ports: { api: 7777 },
    files: { '/etc/agent.conf': { content: 'x = {{ "y" }} [[ z ]]' } },
    resources: { cores: 1, memory: '64Mi' },
    health: { exec: ['/usr/bin/agent', 'ping'] },
  },
  devices: {
    image,
    count: 0,
    resources: {
      memory: '64Mi',
      devices: { 'nvidia/gpu': { count: 2, constraints: ['device.attr.memory >= "8 GiB"'] } },
    },
  },
  stored: {
    image,
    volumes: { pg: { mount: '/var/lib/pg' }, shared: { mount: '/shared', readOnly: true } },
    resources,
  },
  patched: {
    command: ['/bin/sh', '-c', 'printf %s "$HARD" > "$NOMAD_TASK_DIR/hard"; sleep 600'],
    resources,
    ports: { http: 18080 },
    files: {
      '/local/braces': { content: bracesText },
      'local/empty': { content: '' },
    },
    patch: {
      Priority: 70,
      Meta: { team: 'shop' },
      TaskGroups: {
        patched: {
          RestartPolicy: { Attempts: 5, Interval: 600_000_000_000, Mode: 'delay' },
          Services: { patched: { Provider: 'nomad', Checks: null } },
          Tasks: {
            patched: {
              Driver: 'raw_exec',
              Leader: true,
              Templates: {
                'local/env': {
                  DestPath: 'local/env',
                  EmbeddedTmpl: `HARD={{ ${JSON.stringify(hardText)} | toJSON }}\n`,
                  Envvars: true,
                },
              },
            },
            extra: {
              Name: 'extra',
              Driver: 'raw_exec',
              Config: { command: '/bin/sleep', args: ['600'] },
              Resources: { CPU: 50, MemoryMB: 16 },
            },
          },
        },
      },
    },
  },
};

const files = {
  'shop/files/braces.tmpl': 'for {{ .Program }} and [[ others ]]\n',
  'shop/files/rendered.conf': 'password = ${{ secret("kv/shop/db", "password") }} {{ kept }}\n',
};

const around: readonly FakeResource[] = [
  { kind: 'NomadVolume', name: 'pg', namespace: 'shop', spec: { type: 'Host' } },
  {
    kind: 'NomadVolume',
    name: 'shared',
    namespace: 'shop',
    spec: {
      type: 'CSI',
      capabilities: [{ accessMode: 'MultiNodeMultiWriter' }, { accessMode: 'MultiNodeReaderOnly' }],
    },
  },
  { kind: 'VaultMount', name: 'kv', spec: { type: 'kv', options: { version: '2' } } },
  {
    kind: 'VaultSecret',
    name: 'shop-db',
    spec: {
      path: 'kv/shop/db',
      keys: { url: { generate: {} }, password: { generate: {} }, 'stripe-key': { generate: {} } },
    },
  },
];

/** A fleet with these applications, in one namespace. */
export function sampleFleet(
  applications: Readonly<Record<string, object>> = sampleApplications,
  namespace = 'shop',
): Fleet {
  const made = Object.entries(applications).map(
    ([name, spec]): FakeResource => ({
      kind: 'Application',
      name,
      namespace,
      path: `shop/${name}.yaml`,
      spec,
    }),
  );
  const placed = around.map((fake) => (fake.namespace === undefined ? fake : { ...fake, namespace }));
  return fakeFleet({ resources: [...placed, ...made], files });
}
