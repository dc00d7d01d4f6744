import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import test, { type ExecutionContext } from 'ava';
import { createLab } from '../../scripts/lab/index.ts';
import { createLabServer, type LabContext } from '../../scripts/lab/lab-server.ts';
import { endLeftovers, findLeftovers, hasVariable, labVariable } from '../../scripts/lab/leftovers.ts';
import { mountsBelow } from '../../scripts/lab/mounts.ts';
import { waitUntil } from '../../scripts/lab/wait-until.ts';

async function newFolder(t: ExecutionContext): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'drover-lab-'));
  t.teardown(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

async function startMarked(id: string, script: string): Promise<ChildProcess> {
  const env = { ...process.env, [labVariable]: id };
  const child = spawn('sh', ['-c', script], { env, detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  return child;
}

test('the mark counts only as a whole variable', (t) => {
  t.true(hasVariable('A=1\0DROVER_LAB=x\0B=2', 'DROVER_LAB', 'x'));
  t.false(hasVariable('A=1\0DROVER_LAB=xy\0', 'DROVER_LAB', 'x'));
  t.false(hasVariable('MY_DROVER_LAB=x\0', 'DROVER_LAB', 'x'));
});

test('mounts below the folder are found, the deepest first, and no others', (t) => {
  const line = (point: string) => `30 25 0:26 / ${point} rw - tmpfs tmpfs rw`;
  const text = ['/lab/a', '/lab/a/b\\040c', '/laboratory/x', '/lab', '/'].map(line).join('\n');
  t.deepEqual(mountsBelow(text, '/lab'), ['/lab/a/b c', '/lab/a']);
});

test.serial(
  'marked processes of another session are found and ended, even one that ignores SIGTERM; others live on',
  async (t) => {
    const polite = await startMarked('lab-a', 'echo up; sleep 60');
    const stubborn = await startMarked('lab-a', 'trap "" TERM; echo up; while :; do sleep 1; done');
    const foreign = await startMarked('lab-b', 'echo up; sleep 60');
    t.teardown(() => foreign.kill('SIGKILL'));
    t.true((await findLeftovers('lab-a')).includes(polite.pid ?? 0));
    const ended = await endLeftovers('lab-a');
    t.true(ended.includes(polite.pid ?? 0) && ended.includes(stubborn.pid ?? 0));
    t.deepEqual(await findLeftovers('lab-a'), []);
    t.true((await findLeftovers('lab-b')).includes(foreign.pid ?? 0));
    await endLeftovers('lab-b');
  },
);

test('a server that dies early is an error with the end of its log', async (t) => {
  const context: LabContext = { id: 'x', directory: await newFolder(t), address: '127.0.0.1', log: t.log };
  const server = createLabServer(context, {
    name: 'broken',
    url: 'http://127.0.0.1:1',
    binary: '/bin/sh',
    args: ['-c', 'echo bad configuration; exit 3'],
    ready: (isLost) => waitUntil('broken: API', 5_000, async () => undefined, isLost),
  });
  await t.throwsAsync(server.start(), { message: /broken: API: exited with 3.*bad configuration/s });
});

test.serial(
  'stopAll ends the servers and what others started with the lab’s mark, and may be repeated',
  async (t) => {
    const lab = await createLab({ directory: await newFolder(t), components: ['vault'], log: t.log });
    const task = await startMarked(lab.id, 'echo up; sleep 60');
    t.true((await findLeftovers(lab.id)).length >= 2);
    await lab.stopAll();
    t.deepEqual(await findLeftovers(lab.id), []);
    t.is(lab.vault.pid(), undefined);
    t.not(task.signalCode, null);
    await t.notThrowsAsync(lab.stopAll());
  },
);

test.serial('a lab taken up again in its folder has the same ports, data and tokens', async (t) => {
  const directory = await newFolder(t);
  const options = { directory, components: ['consul'] as const, log: t.log };
  const first = await createLab(options);
  const token = await readFile(first.consul.tokens.controller, 'utf8');
  await first.stopAll();
  const second = await createLab(options);
  t.teardown(() => second.stopAll());
  t.is(second.consul.url, first.consul.url);
  t.is(await readFile(second.consul.tokens.controller, 'utf8'), token);
  const headers = { 'x-consul-token': token.trim() };
  const self = await fetch(`${second.consul.url}/v1/acl/token/self`, { headers });
  t.is(self.status, 200);
});

async function startProgram(directory: string): Promise<{ child: ChildProcess; mark: string }> {
  const program = path.join(import.meta.dirname, '../../scripts/lab/main.ts');
  const child = spawn(process.execPath, [program, directory], { stdio: ['ignore', 'pipe', 'ignore'] });
  for await (const line of createInterface({ input: child.stdout })) if (line.includes('Ctrl-C')) break;
  const { 1: mark = '' } = /DROVER_LAB=([^\0]+)/.exec(await environmentOfChild(child.pid ?? 0)) ?? [];
  return { child, mark };
}

test.serial('a program that is told to end takes its lab with it', async (t) => {
  const { child, mark } = await startProgram(await newFolder(t));
  t.not(mark, '');
  t.is((await findLeftovers(mark)).length, 4);
  child.kill('SIGTERM');
  await once(child, 'exit');
  t.deepEqual(await findLeftovers(mark), []);
});

test.serial(
  'the folder of a living lab is refused; that of a killed one is taken up, and its servers are ended',
  async (t) => {
    const directory = await newFolder(t);
    const { child, mark } = await startProgram(directory);
    const options = { directory, components: ['vault'] as const, log: t.log };
    await t.throwsAsync(createLab(options), { message: /in use by process/ });
    child.kill('SIGKILL');
    await once(child, 'exit');
    t.is((await findLeftovers(mark)).length, 4);
    const lab = await createLab(options);
    t.teardown(() => lab.stopAll());
    t.deepEqual(await findLeftovers(mark), []);
  },
);

/** The environment of the first child of that process. */
async function environmentOfChild(pid: number): Promise<string> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return readFile(`/proc/${children.split(' ')[0]}/environ`, 'latin1');
}
