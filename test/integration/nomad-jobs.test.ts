import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import test from 'ava';
import { createNomad } from '../../controller/adapters/nomad/index.ts';
import { createOfflineParser } from '../../controller/adapters/nomad/offline-parser.ts';
import { DeniedError, RejectedError, UnavailableError } from '../../controller/model/errors.ts';
import type { JsonObject } from '../../controller/model/json.ts';
import type { JobRef } from '../../controller/ports/jobs.ts';
import { clusterObjectsContract } from '../contracts/cluster-objects.ts';
import { jobParserContract } from '../contracts/job-parser.ts';
import { jobsContract } from '../contracts/jobs.ts';
import { sampleJobs } from './sample-jobs.ts';
import { useNomad } from './use-nomad.ts';

const signal = AbortSignal.timeout(120_000);
const submission = { source: '', format: 'hcl2', variables: '' } as const;
const used = useNomad(test, { client: false });

const plainJob = (id: string, priority: number): JsonObject => ({
  ID: id,
  Name: id,
  Type: 'service',
  Priority: priority,
  TaskGroups: [
    { Name: 'g', Count: 0, Tasks: [{ Name: 't', Driver: 'raw_exec', Config: { command: '/bin/true' } }] },
  ],
});

jobsContract(test, 'Nomad', async () => {
  const id = `t/${randomUUID()} ü`.replace(' ', '');
  return {
    jobs: used.nomad.jobs,
    ref: { namespace: 'default', id },
    spec: (priority) => plainJob(id, priority),
  };
});

clusterObjectsContract(test, 'Nomad namespaces', async () => {
  const key = `t-${randomUUID()}`;
  return {
    objects: used.nomad.namespaces,
    key,
    first: { Name: key, Description: 'one' },
    second: { Name: key, Description: 'two', Meta: { contact: 'x' } },
    covers: (spec, live) => JSON.stringify(spec) === JSON.stringify(live),
  };
});

jobParserContract(test, 'Nomad server', async () => used.nomad.parser);
jobParserContract(test, 'nomad program', async () => createOfflineParser({ binary: used.server.binary }));

for (const [id, hcl] of Object.entries(sampleJobs)) {
  test(`server and program parse "${id}" to the same bytes`, async (t) => {
    const request = { path: `${id}.nomad.hcl`, hcl, variables: {}, files: new Map() };
    const online = await used.nomad.parser.parse(request, signal);
    const offline = await createOfflineParser({ binary: used.server.binary }).parse(request, signal);
    t.true(online.ok);
    t.is(JSON.stringify(offline), JSON.stringify(online));
  });
}

test('server and program have the same version', async (t) => {
  const offline = await createOfflineParser({ binary: used.server.binary }).version(signal);
  t.is(offline, await used.nomad.parser.version(signal));
});

test('the program reads the listed files, and only those', async (t) => {
  const parser = createOfflineParser({ binary: used.server.binary });
  const hcl = 'job "a" {\n  meta {\n    k = file("files/b.txt")\n  }\n}\n';
  const files = new Map([['files/b.txt', Buffer.from('canary')]]);
  const found = await parser.parse({ path: 'a', hcl, variables: {}, files }, signal);
  t.deepEqual(found.ok && found.job['Meta'], { k: 'canary' });
  const missing = await parser.parse({ path: 'a', hcl, variables: {}, files: new Map() }, signal);
  t.false(missing.ok);
  const outside = new Map([['../b.txt', Buffer.from('x')]]);
  await t.throwsAsync(parser.parse({ path: 'a', hcl, variables: {}, files: outside }, signal), {
    instanceOf: RejectedError,
  });
});

test('nothing of the environment reaches the program', async (t) => {
  process.env['NOMAD_VAR_leak'] = 'canary';
  t.teardown(() => delete process.env['NOMAD_VAR_leak']);
  const hcl = 'variable "leak" {\n  default = "clean"\n}\njob "a" {\n  meta {\n    k = var.leak\n  }\n}\n';
  const parser = createOfflineParser({ binary: used.server.binary });
  const parsed = await parser.parse({ path: 'a', hcl, variables: {}, files: new Map() }, signal);
  t.deepEqual(parsed.ok && parsed.job['Meta'], { k: 'clean' });
});

test('a program that does not end is ended, one that is not there is unavailable', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'drover-slow-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const binary = join(folder, 'slow');
  await writeFile(binary, '#!/bin/sh\nexec /bin/sleep 60\n', { mode: 0o755 });
  const request = { path: 'a', hcl: '', variables: {}, files: new Map() };
  const slow = createOfflineParser({ binary, timeoutMs: 200 }).parse(request, signal);
  await t.throwsAsync(slow, { instanceOf: UnavailableError });
  const gone = createOfflineParser({ binary: join(folder, 'gone') }).parse(request, signal);
  await t.throwsAsync(gone, { instanceOf: UnavailableError });
});

test('refusals that last are told from conflicts and from passing trouble', async (t) => {
  const ref = { namespace: 'default', id: `t-${randomUUID()}` };
  const spec = plainJob(ref.id, 50);
  await used.nomad.jobs.register({ ref, spec, enforceIndex: 0, submission }, signal);
  const enforceIndex = (await used.nomad.jobs.read(ref, signal))?.jobModifyIndex ?? 0;
  const refused: JsonObject[] = [
    { ...spec, Type: 'batch' },
    { ...spec, Type: 'batch', Periodic: { Enabled: true, Specs: ['* * * * *'], SpecType: 'cron' } },
    { ...spec, NodePool: 'no-such-pool' },
    { ...spec, TaskGroups: [] },
    { ...spec, Priority: 1000 },
  ];
  for (const bad of refused) {
    const register = used.nomad.jobs.register({ ref, spec: bad, enforceIndex, submission }, signal);
    const error = await t.throwsAsync(register, { instanceOf: RejectedError });
    t.false(error.message.includes('error occurred'), error.message);
  }
});

test('a periodic job can not become an ordinary one in place', async (t) => {
  const ref = { namespace: 'default', id: `t-${randomUUID()}` };
  const spec = { ...plainJob(ref.id, 50), Type: 'batch' };
  const periodic = { ...spec, Periodic: { Enabled: true, Specs: ['0 0 1 1 *'], SpecType: 'cron' } };
  await used.nomad.jobs.register({ ref, spec: periodic, enforceIndex: 0, submission }, signal);
  const enforceIndex = (await used.nomad.jobs.read(ref, signal))?.jobModifyIndex ?? 0;
  const register = used.nomad.jobs.register({ ref, spec, enforceIndex, submission }, signal);
  await t.throwsAsync(register, { instanceOf: RejectedError });
});

test('a plan-only token plans, and may not register', async (t) => {
  const token = await used.server.createToken(
    'namespace "default" { capabilities = ["list-jobs", "read-job", "plan-job"] }',
  );
  const planner = createNomad({ address: used.server.address, token });
  const ref = { namespace: 'default', id: `t-${randomUUID()}` };
  const spec = plainJob(ref.id, 50);
  t.is((await planner.jobs.plan(ref, spec, signal)).diffType, 'Added');
  const register = planner.jobs.register({ ref, spec, enforceIndex: 0, submission }, signal);
  await t.throwsAsync(register, { instanceOf: DeniedError });
  planner.close();
});

test('an unknown token is denied and not told; the anonymous list is no proof of absence', async (t) => {
  const token = randomUUID();
  const stranger = createNomad({ address: used.server.address, token });
  const error = await t.throwsAsync(stranger.jobs.list({ index: 0, waitMs: 0 }, signal), {
    instanceOf: DeniedError,
  });
  t.false(JSON.stringify([error.message, String(error.cause)]).includes(token));
  stranger.close();
});

test('the source travels with every register', async (t) => {
  const ref = { namespace: 'default', id: `t-${randomUUID()}` };
  for (const priority of [50, 60]) {
    const enforceIndex = (await used.nomad.jobs.read(ref, signal))?.jobModifyIndex ?? 0;
    const source = { source: `# ${priority}`, format: 'hcl2', variables: '' } as const;
    await used.nomad.jobs.register(
      { ref, spec: plainJob(ref.id, priority), enforceIndex, submission: source },
      signal,
    );
  }
  const kept = (await used.server.request('GET', `job/${ref.id}/submission?version=1`)) as { Source: string };
  t.is(kept.Source, '# 60');
});

test('a blocking list wakes on a register', async (t) => {
  const { index } = await used.nomad.jobs.list({ index: 0, waitMs: 0 }, signal);
  const ref = { namespace: 'default', id: `t-${randomUUID()}` };
  const waiting = untilListed(ref.id, index);
  await used.nomad.jobs.register({ ref, spec: plainJob(ref.id, 50), enforceIndex: 0, submission }, signal);
  t.true((await waiting) > index);
});

/** Nomad may also wake a list for what changes nothing in it, so this waits again. @returns the index of the list with the job. */
async function untilListed(id: string, index: number): Promise<number> {
  const list = await used.nomad.jobs.list({ index, waitMs: 20_000 }, signal);
  return list.jobs.some(({ ref }) => ref.id === id) ? list.index : untilListed(id, list.index);
}

test('what fits nowhere is told in words', async (t) => {
  const ref = { namespace: 'default', id: `t-${randomUUID()}` };
  const spec = plainJob(ref.id, 50);
  const [group] = spec['TaskGroups'] as JsonObject[];
  const plan = await used.nomad.jobs.plan(ref, { ...spec, TaskGroups: [{ ...group, Count: 2 }] }, signal);
  t.deepEqual(plan.failures, [
    'group g: 2 allocations are not placed: no node is eligible in its datacenters and node pool',
  ]);
});

// Why namespaces are Orphan by default: what Nomad itself would refuse to delete is less than what people keep there.
async function statusOf({ namespace, id }: JobRef): Promise<string> {
  const job = (await used.server.request('GET', `job/${id}?namespace=${namespace}`)) as { Status: string };
  return job.Status;
}

test('Nomad keeps a namespace with a waiting job or a variable, not one with a job that rests', async (t) => {
  const name = `t-${randomUUID()}`;
  const { namespaces, jobs } = used.nomad;
  const ref = { namespace: name, id: 'web' };
  const register = async (spec: JsonObject) => {
    const enforceIndex = (await jobs.read(ref, signal))?.jobModifyIndex ?? 0;
    await jobs.register({ ref, spec: { ...spec, Namespace: name }, enforceIndex, submission }, signal);
  };
  await namespaces.write({ key: name, spec: { Name: name }, expected: undefined }, signal);
  const [group] = plainJob('web', 50)['TaskGroups'] as JsonObject[];
  await register({ ...plainJob('web', 50), TaskGroups: [{ ...group, Count: 1 }] });
  await t.throwsAsync(namespaces.remove(name, signal), { instanceOf: RejectedError });
  await jobs.deregister(ref, { purge: true }, signal);
  const variable = `var/x?namespace=${name}`;
  await used.server.request('PUT', variable, { Path: 'x', Items: { a: 'b' } });
  await t.throwsAsync(namespaces.remove(name, signal), { instanceOf: RejectedError });
  await used.server.request('DELETE', variable);
  await register(plainJob('web', 50));
  // It waits until its evaluation is through, and rests from then on.
  for (let tries = 0; tries < 100 && (await statusOf(ref)) !== 'dead'; tries += 1) await wait(100);
  await namespaces.remove(name, signal);
  t.is(await namespaces.read(name, signal), undefined);
});
