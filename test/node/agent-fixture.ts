import { createHash } from 'node:crypto';
import {
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  realpath,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSystemClock } from '../../controller/adapters/system/clock.ts';
import { consulKeys } from '../../controller/model/payload.ts';
import { type AgentPorts, runAgent } from '../../controller/node/agent.ts';
import type { AgentState } from '../../controller/node/journal/state.ts';
import { type AgentSettings, readAgentSettings } from '../../controller/node/settings.ts';
import type { KeyValue } from '../../controller/ports/kv.ts';
import type { TestKeys } from './make-payload.ts';

export interface AgentHome {
  readonly directory: string;
  readonly root: string;
  readonly settings: AgentSettings;
  /** Content of a managed path; `undefined` when it is not there. */
  read(path: string): Promise<string | undefined>;
  metrics(): Promise<string>;
  journal(): Promise<AgentState | undefined>;
  /** Ends all processes that carry this home's path in their environment, and removes the folder. */
  remove(): Promise<void>;
}

export async function createHome(keys: TestKeys, changes: Partial<AgentSettings> = {}): Promise<AgentHome> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'drover-agent-')));
  const root = join(directory, 'root');
  await mkdir(join(root, 'etc'), { recursive: true });
  await writeFile(join(directory, 'node.key'), keys.keyLine, { mode: 0o600 });
  const read = readAgentSettings(
    JSON.stringify({
      fleet: 'shop',
      environment: 'dev',
      server: 'web-1',
      root,
      stateDirectory: join(directory, 'state'),
      consul: { address: 'http://127.0.0.1:1' },
      keyFile: join(directory, 'node.key'),
      trustedKeys: [keys.signingName],
      textfileDirectory: join(directory, 'textfile'),
      intervalMs: 200,
      manager: 'process',
      ...changes,
    }),
  );
  if ('problems' in read) throw new Error(read.problems.join('\n'));
  return {
    directory,
    root,
    settings: read.settings,
    read: (path) => readFile(join(root, path), 'utf8').catch(() => undefined),
    metrics: () => readFile(join(directory, 'textfile/drover.prom'), 'utf8').catch(() => ''),
    journal: () =>
      readFile(join(directory, 'state/state.json'), 'utf8').then(
        (text) => JSON.parse(text) as AgentState,
        () => undefined,
      ),
    async remove() {
      for (const pid of await pidsOf(`DROVER_ROOT=${root}\0`)) kill(pid);
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended meanwhile.
  }
}

/** Pids of living processes whose environment holds the mark. */
export async function pidsOf(mark: string): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found: number[] = [];
  for (const pid of pids) {
    const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
    if (environment.includes(mark)) found.push(Number(pid));
  }
  return found;
}

/** Pids of the main processes of one unit of a home. */
export function unitPids(home: AgentHome, unit: string): Promise<readonly number[]> {
  return pidsOf(`DROVER_ROOT=${home.root}\0`).then(async (pids) => {
    const ofUnit = await pidsOf(`DROVER_UNIT_TOKEN=${unit}:`);
    return pids.filter((pid) => ofUnit.includes(pid));
  });
}

export interface RunningAgent {
  stop(): Promise<void>;
  readonly done: Promise<void>;
  readonly lines: readonly string[];
}

export function startAgent(home: AgentHome, kv: KeyValue, more: Partial<AgentPorts> = {}): RunningAgent {
  const stop = new AbortController();
  const lines: string[] = [];
  const log = (fields: unknown, message: string) => lines.push(`${message} ${JSON.stringify(fields)}`);
  const logger = { info: log, warn: log, error: log };
  const done = runAgent(home.settings, { kv, clock: createSystemClock(), logger, ...more }, stop.signal);
  done.catch(() => {});
  return {
    done,
    lines,
    async stop() {
      stop.abort(new Error('stopped by the test'));
      await done;
    },
  };
}

export async function putPayload(kv: KeyValue, value: Uint8Array): Promise<void> {
  const key = consulKeys.payload('dev', 'web-1');
  await kv.transact([{ verb: 'set', key, value }], AbortSignal.timeout(5000));
}

export async function waitFor(
  what: string,
  check: () => Promise<boolean>,
  timeoutMs = 15_000,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await check())) {
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await sleep(50);
  }
}

export function waitForState(home: AgentHome, state: string, timeoutMs?: number): Promise<void> {
  const line = `drover_l1_state{state="${state}"} 1`;
  return waitFor(`state ${state}`, async () => (await home.metrics()).includes(line), timeoutMs);
}

/** Waits until this very hash is seen and the state is the one named. */
export function waitForHash(home: AgentHome, hash: string, state: string, timeoutMs?: number): Promise<void> {
  return waitFor(
    `${hash.slice(0, 8)} to be ${state}`,
    async () => {
      const text = await home.metrics();
      return (
        text.includes(`phase="seen",hash="${hash}"`) && text.includes(`drover_l1_state{state="${state}"} 1`)
      );
    },
    timeoutMs,
  );
}

/** One digest over every path, kind, mode, target and content below a folder. */
export async function digestOf(directory: string): Promise<string> {
  const hash = createHash('sha256');
  const names = (await readdir(directory, { recursive: true })).toSorted();
  for (const name of names) {
    const path = join(directory, name);
    const stats = await lstat(path);
    const content = stats.isSymbolicLink()
      ? await readlink(path)
      : stats.isFile()
        ? await readFile(path)
        : 'folder';
    hash.update(`${name}\0${stats.mode}\0${stats.uid}\0`).update(content).update('\0');
  }
  return hash.digest('hex');
}
