import test from 'ava';
import type { AdoptWorld } from '../../controller/adopt/adopt-world.ts';
import type { AdoptedItem } from '../../controller/adopt/adopted-item.ts';
import { nomadJobs } from '../../controller/adopt/targets/nomad-jobs.ts';
import { compareJob } from '../../controller/apply/l2/compare-job.ts';
import type { JobSource } from '../../controller/ports/job-sources.ts';
import { createFakeNomad } from '../fakes/nomad.ts';

const signal = AbortSignal.timeout(10_000);

interface Registered {
  readonly namespace?: string;
  readonly id: string;
  readonly env?: Readonly<Record<string, string>>;
  /** By version; the newest is asked for first. */
  readonly sources?: Readonly<Record<number, Partial<JobSource>>>;
  readonly stopped?: true;
}

async function worldOf(...jobs: readonly Registered[]): Promise<AdoptWorld> {
  const fake = createFakeNomad();
  const sources = new Map<string, Partial<JobSource>>();
  for (const { namespace = 'default', id, env = {}, sources: own = {}, stopped } of jobs) {
    const ref = { namespace, id };
    const task = { Name: 't', Driver: 'raw_exec', Config: { command: '/bin/true' }, Env: env };
    const spec = { ID: id, Name: id, TaskGroups: [{ Name: 'g', Count: 1, Tasks: [task] }] };
    await fake.jobs.register(
      { ref, spec, enforceIndex: 0, submission: { source: '', format: 'json', variables: '' } },
      signal,
    );
    if (stopped) fake.stop(`${namespace}/${id}`);
    for (const [version, source] of Object.entries(own)) sources.set(`${namespace}/${id}@${version}`, source);
  }
  const none = { keys: async () => [] };
  const objects = { read: async () => undefined };
  return {
    nomad: {
      jobs: fake.jobs,
      jobSources: {
        async read({ namespace, id }, version) {
          const found = sources.get(`${namespace}/${id}@${version}`);
          return found && { text: '', format: 'hcl2', variables: '', flags: {}, ...found };
        },
      },
      namespaces: objects,
      nodePools: objects,
      aclPolicies: objects,
      listings: { namespaces: none, nodePools: none, aclPolicies: none, variables: none, volumes: none },
    },
    namespaces: [],
    kvPrefixes: [],
    compareJob,
    parse: async () => undefined,
  };
}

test('HCL that says all stands alone; with a namespace of the command line a definition stands beside it', async (t) => {
  const hcl = { 0: { text: 'job "web" {}\n' } };
  const own = { 0: { text: 'job "api" {\n  namespace = "shop"\n}\n' } };
  const { items } = await nomadJobs.take(
    await worldOf(
      { id: 'web', sources: hcl },
      { id: 'web', namespace: 'shop', sources: hcl },
      { id: 'api', namespace: 'shop', sources: own },
    ),
    signal,
  );
  t.deepEqual(
    items.map(({ unit, definition, beside }) => [unit, definition?.spec, beside.map(({ path }) => path)]),
    [
      ['nomad-job:default/web', undefined, ['jobs/default/web.nomad.hcl']],
      ['nomad-job:shop/api', undefined, ['jobs/shop/api.nomad.hcl']],
      ['nomad-job:shop/web', { hcl: { file: 'web.nomad.hcl' } }, ['jobs/shop/web.nomad.hcl']],
    ],
  );
});

function formsOf(item: AdoptedItem | undefined): readonly AdoptedItem[] {
  return item === undefined ? [] : [item, ...formsOf(item.otherwise?.())];
}

test('each form has a plainer one to fall back to, down to the API’s JSON', async (t) => {
  const { items } = await nomadJobs.take(
    await worldOf({ id: 'web', sources: { 0: { text: 'job "web" {}\n' } } }),
    signal,
  );
  const forms = formsOf(items[0]);
  t.deepEqual(
    forms.map(({ definition }) => Object.keys(definition?.spec ?? {})),
    [[], ['hcl'], ['json']],
  );
});

test('ids that are no names of definitions get one each, and plain ids keep theirs', async (t) => {
  const { items } = await nomadJobs.take(await worldOf({ id: 'A/b' }, { id: 'a-b' }, { id: 'a_b' }), signal);
  t.deepEqual(
    items.map(({ definition }) => [definition?.name, definition?.spec['jobId']]),
    [
      ['a-b-2', 'A/b'],
      ['a-b', undefined],
      ['a-b-3', 'a_b'],
    ],
  );
});

test('a stopped job is left, and so is one whose namespace would lead out of the folder', async (t) => {
  const jobs = [
    { id: 'old', stopped: true },
    { id: 'x', namespace: '../..' },
  ] as const;
  const { items, left } = await nomadJobs.take(await worldOf(...jobs), signal);
  t.deepEqual(items, []);
  t.deepEqual(
    left.map(({ what }) => what),
    ['job default/old', 'job ../../x'],
  );
});

test('what looks like a secret is told by its place, never by its value', async (t) => {
  const { mind } = await nomadJobs.take(
    await worldOf({ id: 'web', env: { DB_PASSWORD: 'hunter2' } }),
    signal,
  );
  t.is(mind.length, 1);
  t.regex(
    mind[0] ?? '',
    /job default\/web: TaskGroups\[0\]\.Tasks\[0\]\.Env\.DB_PASSWORD looks like a secret/,
  );
  t.notRegex(mind[0] ?? '', /hunter2/);
});

test('variables that the parser can’t read make it JSON, and that is told', async (t) => {
  const text = 'variable "a" { type = list(string) }\njob "web" {}\n';
  const { items, mind } = await nomadJobs.take(
    await worldOf({ id: 'web', sources: { 0: { text, flags: { a: '[x' } } } }),
    signal,
  );
  t.is(items[0]?.form, 'Nomad jobs from the API');
  t.regex(mind.join(), /values of its variables can't be read/);
});
