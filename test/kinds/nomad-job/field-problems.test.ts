import { readFileSync } from 'node:fs';
import test from 'ava';
import { fieldProblems } from '../../../controller/kinds/nomad-job/field-problems.ts';
import type { JsonObject } from '../../../controller/model/json.ts';

const found = (job: JsonObject) =>
  fieldProblems(job).map(({ at, hint }) => `${at.join('.')} ${hint ?? ''}`.trim());

test('what Nomad itself writes of a rich job has no problem', (t) => {
  const file = new URL('../../properties/rich-job.json', import.meta.url);
  const rich = JSON.parse(readFileSync(file, 'utf8')) as JsonObject;
  t.deepEqual(found((rich['Job'] ?? rich) as JsonObject), []);
});

test('a name that the API does not have is told with the one that it has', (t) => {
  const job = { task_groups: [], TaskGroups: [{ Cuont: 1, Tasks: [{ Resources: { memory: 5 } }] }] };
  t.deepEqual(found(job), [
    'task_groups write TaskGroups',
    'TaskGroups.0.Cuont did you mean "Count"?',
    'TaskGroups.0.Tasks.0.Resources.memory write MemoryMB',
  ]);
});

test('lists may be maps by name, as patches have them', (t) => {
  const job = { TaskGroups: { web: { Tasks: { web: { Drivr: 'docker' } } } } };
  t.deepEqual(found(job), ['TaskGroups.web.Tasks.web.Drivr did you mean "Driver"?']);
});

test('numbers, texts and flags are what they are; what is null says nothing', (t) => {
  const job = { Priority: '50', AllAtOnce: 'no', Type: 1, Update: 'x', Meta: null, Constraints: null };
  t.deepEqual(found(job), ['Priority', 'AllAtOnce', 'Type', 'Update']);
});

test('names of the user’s own, and of drivers, are not looked at', (t) => {
  const Config = { whatever: 1 };
  t.deepEqual(
    found({
      Meta: { x: 1 },
      TaskGroups: [{ Volumes: { mine: { Sorce: 'x' } }, Tasks: [{ Config, Env: { A: 'b' } }] }],
    }),
    ['TaskGroups.0.Volumes.mine.Sorce did you mean "Source"?'],
  );
});
