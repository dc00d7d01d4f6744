import test from 'ava';
import { createMemoryMemo } from '../../controller/adapters/system/memory-memo.ts';
import type { JsonObject } from '../../controller/model/json.ts';
import type { ConfigVerdict } from '../../controller/model/program-config.ts';
import { compileSource } from '../../controller/reconcile/compile-source.ts';
import { sourceOf } from '../compile/source-of.ts';
import { createFakeConfigChecker } from '../fakes/config-checker.ts';

const signal = AbortSignal.timeout(20_000);

const hcl = `job "web" {
  type = "service"
  group "web" {
    task "app" {
      driver = "docker"
      config { image = "web:1" }
    }
  }
}
`;

const web = {
  ID: 'web',
  Type: 'service',
  TaskGroups: [{ Name: 'web', Tasks: [{ Name: 'app', Driver: 'docker', Config: { image: 'web:1' } }] }],
};

const fleet: Readonly<Record<string, string>> = {
  'drover.yaml':
    'apiVersion: drover.dev/v1alpha1\nkind: Project\nmetadata: {name: acme}\nspec: {environments: {demo: {folders: [base], cluster: demo}}}\n',
  'base/web.nomad.hcl': hcl,
  'base/api.yaml': `apiVersion: drover.dev/v1alpha1
kind: Application
metadata: {name: api}
spec:
  image: api:1
  resources: {memory: 128Mi}
---
apiVersion: drover.dev/v1alpha1
kind: Application
metadata: {name: other}
spec:
  image: other:1
  resources: {memory: 128Mi}
`,
};

const refusals: Readonly<Record<string, string>> = {
  web: 'Task group web: Task app: Missing task driver',
  api: 'Task group api: Task api: minimum MemoryMB value is 10; got 5',
};

/** A Nomad that refuses these jobs, by id. */
async function found(files = fleet, refused = refusals, job: JsonObject = web) {
  const memo = createMemoryMemo();
  const fake = createFakeConfigChecker({ forms: ['nomad-job'] });
  const asked: string[] = [];
  const configChecker = {
    ...fake,
    check: async ({
      files: given,
    }: {
      readonly files: ReadonlyMap<string, Uint8Array>;
    }): Promise<ConfigVerdict> => {
      const { Job } = JSON.parse(new TextDecoder().decode(given.get('/job.json'))) as { Job: { ID: string } };
      asked.push(Job.ID);
      const message = refused[Job.ID];
      return message === undefined ? { ok: true } : { ok: false, problems: [{ message }] };
    },
  };
  const parser = { version: async () => '1.11.3', parse: async () => ({ ok: true, job }) as const };
  const ports = { parser, memo, droverVersion: '0.4.0', configChecker };
  const compile = async () => {
    const { diagnostics } = await compileSource(ports, sourceOf(files), signal);
    return diagnostics.map(
      ({ code, span, message }) => `${code} ${span.path}:${span.line}:${span.column} ${message}`,
    );
  };
  return { told: await compile(), asked, again: compile };
}

test('what Nomad refuses is told at the part of the job that it means, however it is typed', async (t) => {
  const { told, asked } = await found();
  t.deepEqual(told, [
    'DRV0866 base/api.yaml:6:23 Nomad refuses default/api: Task group api: Task api: minimum MemoryMB value is 10; got 5',
    'DRV0866 base/web.nomad.hcl:5:16 Nomad refuses default/web: Task group web: Task app: Missing task driver',
  ]);
  t.deepEqual(asked.toSorted(), ['api', 'other', 'web']);
});

test('a job is asked about once for its content', async (t) => {
  const { told, asked, again } = await found();
  t.deepEqual(await again(), told);
  t.is(asked.length, 3);
});

test('a job with an error of our own is not asked about, and the others are', async (t) => {
  const api = fleet['base/api.yaml']?.replace('image: api:1', 'image: api:1\n  dependsOn: [nobody]') ?? '';
  const { told, asked } = await found({ ...fleet, 'base/api.yaml': api });
  t.deepEqual(
    told.map((line) => line.slice(0, 7)),
    ['DRV0501', 'DRV0866'],
  );
  t.deepEqual(asked.toSorted(), ['other', 'web']);
});

test('an error anywhere in the text of a job is one of that job', async (t) => {
  const text = hcl.replace(
    'config {',
    'volume_mount {\n        volume = "none"\n        destination = "/x"\n      }\n      config {',
  );
  const [group] = web.TaskGroups;
  const tasks =
    group?.Tasks.map((task) => ({ ...task, VolumeMounts: [{ Volume: 'none', Destination: '/x' }] })) ?? [];
  const job = { ...web, TaskGroups: [{ ...group, Tasks: tasks }] };
  const { told, asked } = await found({ ...fleet, 'base/web.nomad.hcl': text }, {}, job);
  t.deepEqual(
    told.map((line) => line.split(' ', 2).join(' ')),
    ['DRV0585 base/web.nomad.hcl:7:18'],
  );
  t.deepEqual(asked.toSorted(), ['api', 'other']);
});

test('tasks that servers add for Connect are not missed', async (t) => {
  const job = {
    ...web,
    TaskGroups: [
      { Name: 'web', Services: [{ Name: 'gw', PortLabel: '8080', Connect: { Gateway: {} } }], Tasks: [] },
    ],
  };
  const files = {
    ...fleet,
    'base/web.nomad.hcl': '',
    'base/gw.yaml': `apiVersion: drover.dev/v1alpha1\nkind: NomadJob\nmetadata: {name: gw}\nspec: {json: ${JSON.stringify({ ...job, ID: 'gw' })}}\n`,
  };
  const { 'base/web.nomad.hcl': _none, ...rest } = files;
  const { told, asked } = await found(rest, { gw: 'Task group web: Missing tasks for task group' });
  t.true(asked.includes('gw'));
  t.deepEqual(told, []);
});

test('a warning of ours hides nothing that Nomad refuses', async (t) => {
  const update = { Canary: 1, MaxParallel: 1, ProgressDeadline: 0 };
  const job = { ...web, TaskGroups: [{ ...web.TaskGroups[0], Update: update }] };
  const text = hcl.replace('    task "app"', '    update { canary = 1 }\n    task "app"');
  const refused = { web: 'Task group web: Max parallel can not be less than zero: -1 < 0' };
  const { told } = await found({ ...fleet, 'base/web.nomad.hcl': text }, refused, job);
  t.deepEqual(
    told.map((line) => line.split(' ', 2).join(' ')),
    ['DRV0866 base/web.nomad.hcl:4:5', 'DRV0872 base/web.nomad.hcl:4:23'],
  );
});
