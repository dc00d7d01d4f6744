import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { ensure, eventually } from '../../scripts/demo/expect.ts';
import type { World } from '../../scripts/demo/world/index.ts';
import { putConsulKey, readText } from './loop-world.ts';
import {
  consulPlace,
  databasePlace,
  filesPlace,
  gitPlace,
  pagesPlace,
  processesPlace,
  type SearchPlace,
} from './secret-finder.ts';

/** A place to search, and a way to put a text there as a leak would. `plant` gives what takes it away again. */
export interface WatchedPlace {
  readonly place: SearchPlace;
  readonly plant: (text: string) => Promise<() => Promise<void>>;
}

const kept = async () => undefined;

/** Every place of a running fleet in which the value of a secret must not be. */
export function watchedPlaces(world: World): readonly WatchedPlace[] {
  const { directory, lab, controller, servers } = world;
  const forge = path.join(directory, 'lab/gitea');
  const forgeRepository = path.join(forge, 'repositories', `${world.repository.name}.git`);
  const clone = path.join(controller.dataDirectory, 'repository.git');
  const logs = path.join(directory, 'logs');
  const allocations = servers.map(({ root }) => path.join(root, 'var/lib/nomad/alloc'));
  const metrics = [`${controller.url}/metrics`, ...servers.map(({ metricsUrl }) => metricsUrl)];
  return [
    { place: gitPlace([forgeRepository]), plant: (text) => plantNote(forgeRepository, text) },
    { place: gitPlace([clone]), plant: (text) => plantObject(clone, text) },
    {
      place: databasePlace('forge database', path.join(forge, 'data/gitea.db')),
      plant: (text) => plantComment(world, text),
    },
    { place: filesPlace('forge files', [forge]), plant: (text) => plantFile(forge, text) },
    { place: consulPlace(world.consul), plant: (text) => plantKey(world, text) },
    {
      place: filesPlace(
        'consul and nomad data',
        ['consul', 'nomad'].map((name) => path.join(lab.directory, name)),
      ),
      plant: (text) => plantFile(path.join(lab.directory, 'nomad'), text),
    },
    { place: filesPlace('logs', [logs]), plant: (text) => plantFile(logs, text) },
    {
      place: filesPlace('controller data', [controller.dataDirectory]),
      plant: (text) => plantFile(controller.dataDirectory, text),
    },
    { place: jobLogs(allocations), plant: (text) => plantFile(allocations[0] ?? '', text, '.stdout.0') },
    { place: pagesPlace('metrics', metrics), plant: (text) => plantSample(world, text) },
    { place: processesPlace(), plant: plantProcess },
  ];
}

/** What tasks print. Their `secrets` folders hold the value by right. */
function jobLogs(directories: readonly string[]): SearchPlace {
  const all = filesPlace('job logs', directories);
  return {
    name: all.name,
    async *read() {
      for await (const piece of all.read()) {
        if (/\.(?:stdout|stderr)\.\d+$/.test(piece.where)) yield piece;
      }
    },
  };
}

const runFile = promisify(execFile);

async function writeObject(repository: string, text: string): Promise<string> {
  const file = path.join(repository, 'planted');
  await writeFile(file, text);
  const { stdout } = await runFile('git', ['-C', repository, 'hash-object', '-w', file]);
  await rm(file);
  return stdout.trim();
}

/** A loose object that nothing points to is searched too, and stays harmless. */
async function plantObject(repository: string, text: string) {
  const id = await writeObject(repository, text);
  return () => rm(path.join(repository, 'objects', id.slice(0, 2), id.slice(2)));
}

async function plantNote(repository: string, text: string) {
  const blob = await writeObject(repository, text);
  const identity = ['-c', 'user.name=leak', '-c', 'user.email=leak@acme.example'];
  const notes = ['notes', '--ref=leak', 'add', '--force', '-C', blob, 'refs/heads/main'];
  await runFile('git', ['-C', repository, ...identity, ...notes]);
  return async () => {
    await runFile('git', ['-C', repository, 'update-ref', '-d', 'refs/notes/leak']);
    await rm(path.join(repository, 'objects', blob.slice(0, 2), blob.slice(2)));
  };
}

async function plantComment({ alice }: World, text: string) {
  await alice.comment(1, text);
  return kept;
}

async function plantFile(directory: string, text: string, suffix = '.log') {
  const file = path.join(directory, `planted${suffix}`);
  await writeFile(file, `before ${text} after\n`);
  return () => rm(file);
}

async function plantKey(world: World, text: string) {
  await putConsulKey(world, 'shop/planted', `before ${text} after`);
  return async () => {
    const { consul } = world.lab;
    const token = (await readFile(consul.tokens.bootstrap, 'utf8')).trim();
    const headers = { 'x-consul-token': token };
    await fetch(`${consul.url}/v1/kv/shop/planted`, { method: 'DELETE', headers });
  };
}

async function plantSample({ servers, directory }: World, text: string) {
  const [server] = servers;
  ensure(server !== undefined, 'there is no server');
  const file = path.join(directory, 'agents', server.name, 'textfile/planted.prom');
  await writeFile(file, `planted{text="${text}"} 1\n`);
  await eventually('the planted sample', async () =>
    (await readText(server.metricsUrl)).includes('planted{'),
  );
  return async () => {
    await rm(file);
    await eventually(
      'no planted sample',
      async () => !(await readText(server.metricsUrl)).includes('planted{'),
    );
  };
}

async function plantProcess(text: string) {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => undefined, 60_000)', text], {
    stdio: 'ignore',
  });
  await once(child, 'spawn');
  return async () => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
}
