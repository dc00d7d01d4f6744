import test from 'ava';
import { kinds } from '../../../controller/kinds/index.ts';
import type { FleetJob, JobPlace } from '../../../controller/kinds/kind.ts';
import type { Json, JsonObject } from '../../../controller/model/json.ts';
import { type FakeResource, fakeFleet } from '../../fakes/fleet.ts';
import { sampleApplications, sampleFleet } from './sample-applications.ts';

const fleet = sampleFleet();

function jobOf(id: string): FleetJob {
  const found = fleet.jobs().find((job) => job.id === id);
  if (found === undefined) throw new Error(`no job ${id}`);
  return found;
}

function part(id: string, path: string): Json | undefined {
  return path
    .split('.')
    .reduce<Json | undefined>((value, step) => (value as JsonObject | undefined)?.[step], jobOf(id).job);
}

function fieldOf(id: string, place: JobPlace): string {
  return jobOf(id).locate(place).path.replace(/^.*#/, '');
}

test('the first port has the application’s name, the others theirs behind it', (t) => {
  const services = part('web', 'TaskGroups.0.Services') as readonly { readonly Name: string }[];
  t.deepEqual(
    services.map(({ Name }) => Name),
    ['web', 'web-metrics'],
  );
});

test('routes are tags of the service of their port', (t) => {
  t.deepEqual(part('web', 'TaskGroups.0.Services.0.Tags'), [
    'traefik.enable=true',
    'traefik.http.routers.shop-web.rule=Host(`shop.acme.example`)',
    'traefik.http.routers.shop-web-2.rule=Host(`acme.example`) && PathPrefix(`/shop`)',
  ]);
  t.is(part('web', 'TaskGroups.0.Services.1.Tags'), undefined);
});

test('secrets are read by the task’s own identity, one file of variables for each way to take over new values', (t) => {
  const templates = part('web', 'TaskGroups.0.Tasks.0.Templates') as readonly JsonObject[];
  t.deepEqual(
    templates.map(({ DestPath }) => DestPath),
    [
      'secrets/env-restart',
      'secrets/env-none',
      'secrets/files/run/token',
      'local/plain.txt',
      'local/files/etc/web/braces.tmpl',
      'secrets/files/etc/web/rendered.conf',
      'local/empty',
    ],
  );
  t.is(
    templates[0]?.['EmbeddedTmpl'],
    'DATABASE_URL={{ with secret "kv/data/shop/db" }}{{ .Data.data.url | toJSON }}{{ end }}\n',
  );
  t.regex(JSON.stringify(templates[1]), /index \.Data\.data \\"stripe-key\\"/);
  t.deepEqual(part('web', 'TaskGroups.0.Tasks.0.Vault'), {});
  t.is(part('least', 'TaskGroups.0.Tasks.0.Vault'), undefined);
});

test('braces meant for the program survive, and its file is mounted where it looks for it', (t) => {
  const templates = part('web', 'TaskGroups.0.Tasks.0.Templates') as readonly JsonObject[];
  t.like(templates[4], {
    EmbeddedTmpl: 'for {{ .Program }} and [[ others ]]\n',
    LeftDelim: '((',
    RightDelim: '))',
  });
  t.deepEqual((part('web', 'TaskGroups.0.Tasks.0.Config.mount') as readonly Json[])[1], {
    type: 'bind',
    source: 'local/files/etc/web/braces.tmpl',
    target: '/etc/web/braces.tmpl',
    readonly: true,
  });
});

test('a patch merges lists by name, and adds what says its own name', (t) => {
  const tasks = part('patched', 'TaskGroups.0.Tasks') as readonly JsonObject[];
  t.deepEqual(
    tasks.map(({ Name, Driver }) => [Name, Driver]),
    [
      ['patched', 'raw_exec'],
      ['extra', 'raw_exec'],
    ],
  );
  t.is(part('patched', 'TaskGroups.0.Services.0.PortLabel'), 'http');
});

function units(resources: readonly FakeResource[], name: string) {
  const made = fakeFleet({ resources });
  const resource = made.find('Application', name, 'shop') ?? made.find('NomadJob', name, 'shop');
  return (
    resource === undefined
      ? []
      : (kinds.get(resource.kind as 'NomadJob')?.render?.(resource, made).units ?? [])
  ).map(({ key, wave, options }) => ({ key, wave, ...options }));
}

const spec = { image: 'a', resources: { memory: '32Mi' } };
const app = (name: string, more: object): FakeResource => ({
  kind: 'Application',
  name,
  namespace: 'shop',
  spec: { ...spec, ...more },
});

test('a migration is a unit of its own before its application, which waits for it', (t) => {
  const [main, migration] = units([app('web', { migration: { command: ['m'], deadline: '20m' } })], 'web');
  t.like(main, { key: 'shop/web', wave: 60, dependsOn: ['nomad-job:shop/web-migrate'] });
  t.like(migration, { key: 'shop/web-migrate', wave: 50, healthDeadlineMs: 1_200_000 });
});

test('a migration runs again when image, command, environment or files change, not with instances or resources', (t) => {
  const once = (more: object) =>
    units([app('web', { migration: { command: ['m'] }, ...more })], 'web')[1]?.once;
  t.regex(once({}) ?? '', /^[0-9a-f]{64}$/);
  t.is(once({ count: 3, routes: [], ports: { http: 80 } }), once({}));
  t.is(once({ resources: { memory: '1Gi' }, placement: { pool: 'x' }, args: ['y'] }), once({}));
  t.not(once({ image: 'b' }), once({}));
  t.not(once({ migration: { command: ['n'] } }), once({}));
  t.not(once({ env: { A: 'b' } }), once({}));
  t.not(once({ files: { '/a': { content: 'b' } } }), once({}));
});

test('a batch application that runs once has the identity of its own content', (t) => {
  const once = (more: object) => units([app('m', { type: 'Batch', once: 'PerContent', ...more })], 'm')[0];
  t.like(once({}), { wave: 50 });
  t.is(once({ resources: { memory: '1Gi' } })?.once, once({})?.once);
  t.not(once({ args: ['x'] })?.once, once({})?.once);
});

test('what depends on a job of a later wave runs in that wave', (t) => {
  const postgres = app('postgres', {});
  const migrated = app('web', { migration: { command: ['m'] }, dependsOn: ['postgres'] });
  const found = units([postgres, migrated], 'web');
  t.deepEqual(
    found.map(({ wave }) => wave),
    [60, 60],
  );
  const job = (dependsOn: string) =>
    ({
      kind: 'NomadJob',
      name: 'm',
      namespace: 'shop',
      spec: { json: { Type: 'batch' }, once: 'PerContent', dependsOn: [dependsOn] },
    }) as const;
  t.like(units([postgres, job('postgres')], 'm')[0], { wave: 60, dependsOn: ['nomad-job:shop/postgres'] });
});

test('a circle of dependencies has waves all the same', (t) => {
  const circle = [app('a', { dependsOn: ['b'] }), app('b', { dependsOn: ['a'] })];
  t.is(units(circle, 'a')[0]?.wave, 60);
});

test('only one NomadJob or Application of a namespace may make a job', (t) => {
  const keys = (['Application', 'NomadJob'] as const).map((kind) => {
    const resource = fakeFleet({ resources: [{ ...app('web', {}), kind }] }).resources[0];
    return resource === undefined
      ? []
      : kinds
          .get(kind)
          ?.targets(resource)
          .map(({ key }) => key);
  });
  t.deepEqual(keys[0], keys[1]);
});

test('a volume that is declared as Nomad’s own is asked for as it can be used', (t) => {
  const at = (name: string) => part('stored', `TaskGroups.0.Volumes.${name}`);
  t.deepEqual(at('pg'), {
    Name: 'pg',
    Source: 'pg',
    Type: 'host',
    ReadOnly: false,
    AccessMode: 'single-node-writer',
    AttachmentMode: 'file-system',
  });
  t.like(at('shared'), { Type: 'csi', ReadOnly: true, AccessMode: 'multi-node-reader-only' });
  t.like(part('bridged', 'TaskGroups.0.Volumes.data'), { Type: 'host', ReadOnly: false });
});

const places: readonly [string, JobPlace, string][] = [
  ['web', {}, 'metadata.name'],
  ['web', { group: 'web', attribute: 'count' }, 'spec.count'],
  [
    'web',
    { group: 'web', task: 'web', block: 'resources', attribute: 'memory_max' },
    'spec.resources.memoryMax',
  ],
  [
    'web',
    { group: 'web', block: 'port', label: 'metrics', attribute: 'static' },
    'spec.ports.metrics.static',
  ],
  ['web', { group: 'web', block: 'service', label: 'web-metrics' }, 'spec.ports.metrics'],
  ['web', { group: 'web', block: 'service', label: 'web', attribute: 'tags' }, 'spec.routes.0'],
  ['web', { group: 'web', block: 'check', attribute: 'interval' }, 'spec.health.interval'],
  ['web', { group: 'web', block: 'update', attribute: 'canary' }, 'spec.update.canaries'],
  ['web', { group: 'web', block: 'ephemeral_disk', attribute: 'size' }, 'spec.resources.disk'],
  ['web', { group: 'web', task: 'web', block: 'template', label: 4 }, 'spec.files./etc/web/braces.tmpl'],
  [
    'web',
    { group: 'web', task: 'web', block: 'template', label: 'secrets/files/run/token' },
    'spec.secrets.TOKEN',
  ],
  ['web', { group: 'web', task: 'web', block: 'config', attribute: 'image' }, 'spec.image'],
  ['web', { group: 'web', task: 'web', block: 'env', attribute: 'LOG_LEVEL' }, 'spec.env.LOG_LEVEL'],
  ['web', { group: 'web', task: 'web', attribute: 'kill_timeout' }, 'spec.kill.timeout'],
  ['web', { group: 'web', block: 'spread', label: 0 }, 'spec.placement.spread'],
  ['web-migrate', {}, 'spec.migration'],
  [
    'web-migrate',
    { group: 'migrate', task: 'migrate', block: 'resources', attribute: 'memory' },
    'spec.resources.memory',
  ],
  [
    'bridged',
    { group: 'bridged', task: 'logs', block: 'volume_mount', label: 'data' },
    'spec.sidecars.logs.volumes.data',
  ],
  ['backup', { block: 'periodic', attribute: 'crons' }, 'spec.schedule.cron'],
  [
    'patched',
    { group: 'patched', task: 'extra', block: 'resources', attribute: 'memory' },
    'spec.patch.TaskGroups.patched.Tasks.extra.Resources.MemoryMB',
  ],
  [
    'patched',
    { group: 'patched', task: 'patched', attribute: 'driver' },
    'spec.patch.TaskGroups.patched.Tasks.patched.Driver',
  ],
];

for (const [id, place, field] of places) {
  test(`${JSON.stringify(place)} of ${id} is said by ${field}`, (t) => t.is(fieldOf(id, place), field));
}

test('each constraint is found where it is written, though the job has them sorted', (t) => {
  const rules = part('web', 'TaskGroups.0.Constraints') as readonly JsonObject[];
  const found = rules.map(({ LTarget = '' }, label) => [
    LTarget,
    fieldOf('web', { group: 'web', block: 'constraint', label }),
  ]);
  t.deepEqual(Object.fromEntries(found), {
    '${attr.kernel.name}': 'spec.placement.constraints.0',
    '${meta.rack}': 'spec.placement.constraints.1',
    '${attr.nomad.version}': 'spec.placement.constraints.2',
    '': 'spec.placement.distinctHosts',
  });
});

test('the samples have no finding', (t) => {
  const kind = kinds.get('Application');
  const found = fleet.byKind('Application').flatMap((resource) => kind?.check?.(resource, fleet) ?? []);
  t.deepEqual(found, []);
  t.is(fleet.jobs().length, Object.keys(sampleApplications).length + 1);
});

test('programs are asked to end by SIGTERM and have half a minute for it, unless they say otherwise', (t) => {
  const base = { resources: { memory: '64Mi' } };
  const kill = { signal: 'SIGQUIT', timeout: '5s' };
  const endsOf = (spec: object) => {
    const one: FakeResource = {
      kind: 'Application',
      name: 'one',
      namespace: 'shop',
      spec: { ...base, ...spec },
    };
    const [job] = fakeFleet({ resources: [one] }).jobs();
    const [group] = (job?.job['TaskGroups'] ?? []) as { readonly Tasks: readonly JsonObject[] }[];
    return [group?.Tasks[0]?.['KillSignal'], group?.Tasks[0]?.['KillTimeout']];
  };
  t.deepEqual(endsOf({ command: ['/bin/a'] }), ['SIGTERM', 30e9]);
  t.deepEqual(endsOf({ image: 'a:1' }), [undefined, 30e9]);
  t.deepEqual(endsOf({ image: 'a:1', kill }), ['SIGQUIT', 5e9]);
});

test('what a template reads is found at the secret or the file that it comes from', (t) => {
  const at = (label: number, ...words: readonly string[]) =>
    fieldOf('web', { group: 'web', task: 'web', block: 'template', label, attribute: 'data', words });
  t.is(at(0, 'kv/data/shop/db'), 'spec.secrets.DATABASE_URL.secret');
  t.is(at(1, 'kv/data/shop/db', 'stripe-key'), 'spec.secrets.STRIPE_KEY.key');
  t.is(at(3, 'plain'), 'spec.files./local/plain.txt.content');
  t.is(at(4, 'others'), 'shop/files/braces.tmpl');
});
