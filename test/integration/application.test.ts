import test from 'ava';
import { compareJob } from '../../controller/apply/l2/compare-job.ts';
import type { FleetJob } from '../../controller/kinds/kind.ts';
import { waitUntil } from '../../scripts/lab/wait-until.ts';
import { bracesText, hardText, sampleFleet } from '../kinds/application/sample-applications.ts';
import { useNomad } from './use-nomad.ts';

const signal = AbortSignal.timeout(180_000);
const submission = { source: '', format: 'json', variables: '' } as const;
const jobs = sampleFleet(undefined, 'default').jobs();
const used = useNomad(test, { client: true });

test.serial.before(async () => {
  // Without it Nomad warns of every memoryMax, which it then ignores.
  await used.server.request('PUT', 'operator/scheduler/configuration', {
    MemoryOversubscriptionEnabled: true,
  });
});

async function register({ id, namespace, job }: FleetJob) {
  const ref = { namespace, id };
  const before = await used.nomad.jobs.read(ref, signal);
  const enforceIndex = before?.jobModifyIndex ?? 0;
  await used.nomad.jobs.register({ ref, spec: job, enforceIndex, submission }, signal);
  const live = await used.nomad.jobs.read(ref, signal);
  if (live === undefined) throw new Error(`${id} is not there`);
  return live;
}

for (const job of jobs) {
  test.serial(`Nomad takes "${job.id}" without a word, and read back it is no difference`, async (t) => {
    const answer = (await used.server.request('POST', 'validate/job', { Job: job.job })) as Validation;
    t.deepEqual(answer.ValidationErrors ?? [], [], answer.Error);
    t.is(answer.Warnings, '');
    const live = await register(job);
    t.deepEqual(compareJob(job.job, live.spec), []);
    const plan = await used.nomad.jobs.plan({ namespace: job.namespace, id: job.id }, job.job, signal);
    t.deepEqual(plan.warnings, []);
  });
}

interface Validation {
  readonly ValidationErrors: readonly string[] | null;
  readonly Error?: string;
  readonly Warnings: string;
}

test.serial(
  'an application that a patch turns into a plain process runs, and its files are as they were written',
  async (t) => {
    const running = await waitUntil('the tasks to run', 60_000, async () => {
      const found = (await used.server.request('GET', 'job/patched/allocations')) as Allocation[];
      // An allocation is running as soon as one of its tasks is.
      return found.find(({ TaskStates }) => {
        const states = Object.values(TaskStates ?? {});
        return states.length === 2 && states.every(({ State }) => State === 'running');
      });
    });
    t.deepEqual(Object.keys(running.TaskStates ?? {}).sort(), ['extra', 'patched']);
    const read = async (file: string) => {
      const query = `path=${encodeURIComponent(`patched/local/${file}`)}`;
      const headers = { 'x-nomad-token': used.server.token };
      const url = `${used.server.address}/v1/client/fs/cat/${running.ID}?${query}`;
      const response = await fetch(url, { headers, signal: AbortSignal.timeout(10_000) });
      return response.ok ? await response.text() : undefined;
    };
    t.is(await read('braces'), bracesText);
    t.is(await read('empty'), '');
    const hard = await waitUntil('the program to write what it got', 20_000, async () => {
      const text = await read('hard');
      return text === '' ? undefined : text;
    });
    t.is(hard, hardText);
  },
);

interface Allocation {
  readonly ID: string;
  readonly TaskStates: Readonly<Record<string, { readonly State: string }>> | null;
}
