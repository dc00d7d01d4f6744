import test from 'ava';
import { compareJob } from '../../controller/apply/l2/compare-job.ts';
import type { Json, JsonObject } from '../../controller/model/json.ts';
import type { LiveJob } from '../../controller/ports/jobs.ts';
import { sampleJobs } from './sample-jobs.ts';
import { useNomad } from './use-nomad.ts';

const signal = AbortSignal.timeout(120_000);
const submission = { source: '', format: 'hcl2', variables: '' } as const;
const used = useNomad(test, { client: false });

async function parse(hcl: string): Promise<JsonObject> {
  const outcome = await used.nomad.parser.parse({ path: 'x', hcl, variables: {}, files: new Map() }, signal);
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.job;
}

async function register(id: string, spec: JsonObject): Promise<LiveJob> {
  const ref = { namespace: 'default', id };
  const before = await used.nomad.jobs.read(ref, signal);
  const enforceIndex = before?.jobModifyIndex ?? 0;
  await used.nomad.jobs.register({ ref, spec, enforceIndex, submission }, signal);
  const live = await used.nomad.jobs.read(ref, signal);
  if (live === undefined) throw new Error(`${id} is not there`);
  return live;
}

for (const [id, hcl] of Object.entries(sampleJobs)) {
  test.serial(`the job "${id}" read back is no difference`, async (t) => {
    const spec = await parse(hcl);
    const live = await register(id, spec);
    t.deepEqual(compareJob(spec, live.spec), []);
    t.deepEqual(compareJob(live.spec, live.spec), []);
  });
}

/** Where to set what, in the definition of `full`; and the one difference that must show. */
const changes: readonly { readonly at: string; readonly to: Json; readonly shows: string }[] = [
  { at: 'Priority', to: 70, shows: 'Priority' },
  { at: 'Spreads.0.Weight', to: 10, shows: 'Spreads' },
  { at: 'Affinities.0.Weight', to: -10, shows: 'Affinities' },
  { at: 'Constraints.0.RTarget', to: 'x', shows: 'Constraints' },
  { at: 'Meta.owner', to: 'other', shows: 'Meta.owner' },
  { at: 'Meta', to: null, shows: 'Meta' },
  { at: 'Datacenters', to: ['dc1'], shows: 'Datacenters' },
  { at: 'UI.Links.0.URL', to: 'https://example.org', shows: 'UI.Links[l].URL' },
  { at: 'Update.AutoRevert', to: false, shows: 'TaskGroups[a].Update.AutoRevert' },
  { at: 'Migrate.MaxParallel', to: 3, shows: 'TaskGroups[a].Migrate.MaxParallel' },
  { at: 'Reschedule.Attempts', to: 4, shows: 'TaskGroups[a].ReschedulePolicy.Attempts' },
  { at: 'TaskGroups.0.Count', to: 1, shows: 'TaskGroups[b].Count' },
  { at: 'TaskGroups.0.Update.Canary', to: 0, shows: 'TaskGroups[b].Update.Canary' },
  { at: 'TaskGroups.0.Spreads.0.SpreadTarget.0.Percent', to: 50, shows: 'TaskGroups[b].Spreads' },
  { at: 'TaskGroups.0.RestartPolicy.Attempts', to: 6, shows: 'TaskGroups[b].RestartPolicy.Attempts' },
  {
    at: 'TaskGroups.0.Disconnect.LostAfter',
    to: 3_600_000_000_000,
    shows: 'TaskGroups[b].Disconnect.LostAfter',
  },
  { at: 'TaskGroups.0.EphemeralDisk.SizeMB', to: 200, shows: 'TaskGroups[b].EphemeralDisk.SizeMB' },
  { at: 'TaskGroups.0.ShutdownDelay', to: 1_000_000_000, shows: 'TaskGroups[b].ShutdownDelay' },
  { at: 'TaskGroups.0.Meta.a', to: 'b', shows: 'TaskGroups[b].Meta.a' },
  { at: 'TaskGroups.0.Meta', to: null, shows: 'TaskGroups[b].Meta' },
  { at: 'TaskGroups.0.Networks.0.ReservedPorts.0.Value', to: 8098, shows: 'TaskGroups[b].Networks' },
  { at: 'TaskGroups.0.Services.0.Tags', to: ['a'], shows: 'TaskGroups[b].Services[full-http].Tags' },
  {
    at: 'TaskGroups.0.Services.0.Checks.1.Interval',
    to: 6_000_000_000,
    shows: 'TaskGroups[b].Services[full-http].Checks[tcp].Interval',
  },
  {
    at: 'TaskGroups.0.Services.0.CheckRestart.Limit',
    to: 4,
    shows: 'TaskGroups[b].Services[full-http].Checks[tcp].CheckRestart.Limit',
  },
  {
    at: 'TaskGroups.0.Tasks.0.RestartPolicy.Attempts',
    to: 2,
    shows: 'TaskGroups[b].Tasks[main].RestartPolicy.Attempts',
  },
  {
    at: 'TaskGroups.0.Tasks.0.RestartPolicy',
    to: null,
    shows: 'TaskGroups[b].Tasks[main].RestartPolicy.Attempts',
  },
  {
    at: 'TaskGroups.0.Tasks.1.Lifecycle.Hook',
    to: 'poststart',
    shows: 'TaskGroups[b].Tasks[side].Lifecycle.Hook',
  },
  {
    at: 'TaskGroups.0.Tasks.1.Lifecycle.Sidecar',
    to: false,
    shows: 'TaskGroups[b].Tasks[side].Lifecycle.Sidecar',
  },
  { at: 'TaskGroups.0.Tasks.0.Env.EMPTY', to: null, shows: 'TaskGroups[b].Tasks[main].Env.EMPTY' },
  { at: 'TaskGroups.0.Tasks.0.Env.NEW', to: 'x', shows: 'TaskGroups[b].Tasks[main].Env.NEW' },
  {
    at: 'TaskGroups.0.Tasks.0.Config.args',
    to: ['', '1000'],
    shows: 'TaskGroups[b].Tasks[main].Config.args',
  },
  {
    at: 'TaskGroups.0.Tasks.0.Templates.0.EmbeddedTmpl',
    to: 'n',
    shows: 'TaskGroups[b].Tasks[main].Templates',
  },
  {
    at: 'TaskGroups.0.Tasks.0.Artifacts.0.GetterMode',
    to: 'dir',
    shows: 'TaskGroups[b].Tasks[main].Artifacts',
  },
  {
    at: 'TaskGroups.0.Tasks.0.Resources.MemoryMaxMB',
    to: 128,
    shows: 'TaskGroups[b].Tasks[main].Resources.MemoryMaxMB',
  },
  { at: 'TaskGroups.0.Tasks.1.Resources.Cores', to: 2, shows: 'TaskGroups[b].Tasks[side].Resources.Cores' },
  { at: 'TaskGroups.0.Tasks.0.KillTimeout', to: null, shows: 'TaskGroups[b].Tasks[main].KillTimeout' },
  { at: 'TaskGroups.0.Tasks.0.KillSignal', to: '', shows: 'TaskGroups[b].Tasks[main].KillSignal' },
  { at: 'TaskGroups.0.Tasks.0.Leader', to: false, shows: 'TaskGroups[b].Tasks[main].Leader' },
  { at: 'TaskGroups.0.Tasks.0.User', to: '', shows: 'TaskGroups[b].Tasks[main].User' },
  { at: 'TaskGroups.0.Tasks.0.LogConfig', to: null, shows: 'TaskGroups[b].Tasks[main].LogConfig.MaxFiles' },
  {
    at: 'TaskGroups.0.Tasks.0.Identities.0.TTL',
    to: 7_200_000_000_000,
    shows: 'TaskGroups[b].Tasks[main].Identities[extra].TTL',
  },
  { at: 'TaskGroups.1.Scaling.Max', to: 6, shows: 'TaskGroups[a].Scaling.Max' },
  { at: 'TaskGroups.1.Scaling.Policy.cooldown', to: '2m', shows: 'TaskGroups[a].Scaling.Policy.cooldown' },
  { at: 'TaskGroups.1.Tasks.0.Driver', to: 'exec', shows: 'TaskGroups[a].Tasks[t].Driver' },
];

for (const { at, to, shows } of changes) {
  test.serial(`a change of ${at} to ${JSON.stringify(to)} shows, and is gone once applied`, async (t) => {
    const spec = await parse(sampleJobs['full'] ?? '');
    const live = await register('full', spec);
    const changed = set(spec, at.split('.'), to) as JsonObject;
    t.true(compareJob(changed, live.spec).includes(shows), compareJob(changed, live.spec).join(', '));
    const after = await register('full', changed);
    t.deepEqual(compareJob(changed, after.spec), []);
    t.is(after.version, live.version + 1, 'Nomad sees a change too');
  });
}

test.serial('the order of constraints, tags, ports, tasks and groups is no difference', async (t) => {
  const spec = await parse(sampleJobs['full'] ?? '');
  const live = await register('full', spec);
  const lists = [
    'TaskGroups',
    'TaskGroups.0.Tasks',
    'TaskGroups.0.Services.0.Tags',
    'TaskGroups.0.Spreads.0.SpreadTarget',
  ];
  for (const at of lists) {
    const path = at.split('.');
    const reversed = set(spec, path, [...(get(spec, path) as Json[])].reverse()) as JsonObject;
    t.deepEqual(compareJob(reversed, live.spec), [], at);
  }
});

test.serial('a count set by the autoscaler within its bounds is no difference', async (t) => {
  const spec = await parse(sampleJobs['full'] ?? '');
  const live = await register('full', spec);
  await used.server.request('POST', 'job/full/scale', { Count: 3, Target: { Group: 'a' } });
  const scaled = await used.nomad.jobs.read(live.ref, signal);
  t.is(get(scaled?.spec ?? {}, ['TaskGroups', '1', 'Count']), 3);
  t.deepEqual(compareJob(spec, scaled?.spec ?? {}), []);
  const narrower = set(spec, ['TaskGroups', '1', 'Scaling', 'Max'], 2) as JsonObject;
  t.true(compareJob(narrower, scaled?.spec ?? {}).includes('TaskGroups[a].Count'));
});

function get(value: Json, path: readonly string[]): Json {
  return path.reduce<Json>((at, name) => (at as { [key: string]: Json })[name] ?? null, value);
}

function set(value: Json, path: readonly string[], to: Json): Json {
  const [name, ...rest] = path;
  if (name === undefined) return to;
  if (Array.isArray(value))
    return value.map((item: Json, index) => (String(index) === name ? set(item, rest, to) : item));
  const object = value as JsonObject;
  const { [name]: old, ...others } = object;
  const changed = set(old ?? {}, rest, to);
  return changed === null ? others : { ...others, [name]: changed };
}
