import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'ava';
import { createLab } from '../../scripts/lab/index.ts';
import { findLeftovers } from '../../scripts/lab/leftovers.ts';
import { requestJson } from '../../scripts/lab/request-json.ts';
import { waitUntil } from '../../scripts/lab/wait-until.ts';

const job = {
  ID: 'sleeper',
  Datacenters: ['*'],
  Type: 'service',
  TaskGroups: [
    {
      Name: 'group',
      Networks: [{ Mode: 'host', DynamicPorts: [{ Label: 'http' }] }],
      Tasks: [
        {
          Name: 'task',
          Driver: 'raw_exec',
          Config: { command: '/bin/sh', args: ['-c', 'trap "" TERM; while :; do sleep 1; done'] },
          Resources: { CPU: 10, MemoryMB: 16 },
        },
      ],
    },
  ],
};

async function commandLines(pids: readonly number[]): Promise<string> {
  const texts = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return texts.join('\n').replaceAll('\0', ' ');
}

test('tasks of raw_exec run on a client of the lab, outlive it, and end with the lab', async (t) => {
  const directory = await mkdtemp(path.join(tmpdir(), 'drover-lab-'));
  t.teardown(() => rm(directory, { recursive: true, force: true }));
  const lab = await createLab({ directory, components: ['nomad'], log: t.log });
  t.teardown(() => lab.stopAll());
  const client = await lab.startNomadClient({ name: 'web-1', address: '127.0.0.2' });
  const headers = { 'x-nomad-token': (await readFile(lab.nomad.tokens.controller, 'utf8')).trim() };
  await requestJson(`${lab.nomad.url}/v1/jobs`, { method: 'POST', headers, body: { Job: job } });
  const isRunning = async (signal: AbortSignal) => {
    const { body } = await requestJson(`${lab.nomad.url}/v1/job/sleeper/allocations`, { headers, signal });
    const allocations: readonly { ClientStatus?: string }[] = Array.isArray(body) ? body : [];
    return allocations.some(({ ClientStatus }) => ClientStatus === 'running') ? true : undefined;
  };
  await waitUntil('the task', 30_000, isRunning);

  await client.kill();
  t.regex(await commandLines(await findLeftovers(lab.id)), /nomad executor.*\n?[^]*while :/);
  await lab.stopAll();
  t.deepEqual(await findLeftovers(lab.id), []);
});
