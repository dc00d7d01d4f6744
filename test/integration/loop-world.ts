import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { callController, controlSocket } from '../../controller/cli/control-socket.ts';
import type { Stage } from '../../scripts/demo/acts/act.ts';
import { firstRollout } from '../../scripts/demo/acts/first-rollout.ts';
import {
  awaitConverged,
  awaitGreen,
  awaitProposal,
  mergeAsPerson,
} from '../../scripts/demo/acts/proposals.ts';
import { ensure, eventually } from '../../scripts/demo/expect.ts';
import { createNarrator } from '../../scripts/demo/narrator.ts';
import type { ForgeStatus } from '../../scripts/demo/world/forge-person.ts';
import { createWorld, environment, type World } from '../../scripts/demo/world/index.ts';

/** The demo's fleet, converged once, and what tests do to it. */
export interface LoopWorld {
  readonly world: World;
  /** Pushes what the working copy holds to `main`, and merges the proposal as a person. Gives the merge commit. */
  merge(message: string): Promise<string>;
  /** The same, until `drover/converge` is green on the merge commit. */
  rollOut(message: string): Promise<string>;
  awaitConverged(commit: string): Promise<void>;
  stop(): Promise<void>;
}

/** Everything real, after the first rollout. Takes a minute. */
export async function startLoopWorld(log: (line: string) => void): Promise<LoopWorld> {
  const directory = await mkdtemp(path.join(tmpdir(), 'drover-loop-'));
  const world = await createWorld(
    directory,
    createNarrator((text) => log(text.trimEnd())),
  );
  const stage: Stage = { converged: [], disturb: async () => undefined };
  const stop = async () => {
    await world.stop();
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await firstRollout.run(world, stage);
  } catch (error) {
    log(await world.controller.program.logTail(20));
    await stop();
    throw error;
  }
  const merge = async (message: string) => {
    const former = (await world.alice.openPulls()).map(({ head }) => head.sha);
    await world.fleet.push(message);
    return mergeAsPerson(world, await awaitGreen(world, await awaitProposal(world, former)));
  };
  return {
    world,
    merge,
    async rollOut(message) {
      const commit = await merge(message);
      await awaitConverged(world, commit, stage);
      return commit;
    },
    awaitConverged: (commit) => awaitConverged(world, commit, stage),
    stop,
  };
}

export async function awaitStatus(
  world: World,
  commit: string,
  wanted: { readonly context: string; readonly status: string },
): Promise<ForgeStatus> {
  const context = `${wanted.context}: ${environment}`;
  return eventually(`${context} ${wanted.status} on ${commit.slice(0, 10)}`, async () => {
    const found = (await world.alice.statuses(commit)).find((status) => status.context === context);
    if (found?.status === wanted.status) return found;
    throw new Error(`it says ${found?.status}: ${found?.description}`);
  });
}

/** The sum of all samples of a metric that carry these labels; 0 when there is none. */
export function sumOf(text: string, name: string, labels: Readonly<Record<string, string>> = {}): number {
  const isWanted = (line: string) =>
    (line.startsWith(`${name}{`) || line.startsWith(`${name} `)) &&
    Object.entries(labels).every(([label, value]) => line.includes(`${label}="${value}"`));
  const samples = text.split('\n').filter(isWanted);
  return samples.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}

export async function readText(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(30_000) });
  ensure(response.ok, `${url} answers ${response.status}`);
  return response.text();
}

export function readControllerMetrics({ controller }: World): Promise<string> {
  return readText(`${controller.url}/metrics`);
}

const loops = ['proposal', 'rollout', 'drift'] as const;

/** Asks for a look over the control socket until every loop has run so often from its beginning. */
export async function reconcile(world: World, times: number): Promise<void> {
  // A run that is under way when we ask has begun before, and does not count.
  const target = (await countRuns(world)).map((runs) => runs + times + 1);
  await eventually(`${times} runs of every loop`, async () => {
    await askForReconcile(world);
    const runs = await countRuns(world);
    return runs.every((count, index) => count >= (target[index] ?? 0));
  });
}

async function askForReconcile({ controller }: World): Promise<void> {
  const { status } = await callController(
    controlSocket(controller.dataDirectory),
    { method: 'POST', path: '/api/v1/reconcile' },
    AbortSignal.timeout(30_000),
  );
  ensure(status === 202, `reconcile answers ${status}`);
}

/** Runs of each loop that ended well. */
export async function countRuns(world: World): Promise<readonly number[]> {
  const text = await readControllerMetrics(world);
  return loops.map((loop) => sumOf(text, 'drover_reconciles_total', { loop, outcome: 'ok' }));
}

/** Writes a Consul key past Drover, with the operator's token. */
export async function putConsulKey(
  world: World,
  key: string,
  value: Buffer<ArrayBuffer> | string,
): Promise<void> {
  const { consul } = world.lab;
  const token = (await readFile(consul.tokens.bootstrap, 'utf8')).trim();
  const response = await fetch(`${consul.url}/v1/kv/${key}`, {
    method: 'PUT',
    headers: { 'x-consul-token': token },
    body: value,
    signal: AbortSignal.timeout(30_000),
  });
  ensure(response.ok, `PUT ${key}: ${response.status}`);
}

/** Stops or resumes the deliveries of the forge's webhook. */
export async function setWebhooks({ lab, repository }: World, state: 'on' | 'off'): Promise<void> {
  const token = (await readFile(lab.gitea.users.alice.tokenFile, 'utf8')).trim();
  const url = `${lab.gitea.url}/api/v1/repos/${repository.name}/hooks`;
  const headers = { authorization: `token ${token}`, 'content-type': 'application/json' };
  const found = await fetch(url, { headers, signal: AbortSignal.timeout(30_000) });
  for (const { id } of (await found.json()) as readonly { id: number }[]) {
    const body = JSON.stringify({ active: state === 'on' });
    const signal = AbortSignal.timeout(30_000);
    const response = await fetch(`${url}/${id}`, { method: 'PATCH', headers, body, signal });
    ensure(response.ok, `the webhook can't be turned ${state}: ${response.status}`);
  }
}
