import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { World } from '../../scripts/demo/world/index.ts';

const run = promisify(execFile);
const pageSize = 50;

/** What each component holds, as far as Drover could have written it; equal before and after means that nothing was. */
export type ComponentState = Readonly<Record<string, unknown>>;

export async function readComponentState(world: World): Promise<ComponentState> {
  const [nomad, consul, vault, refs, forge] = await Promise.all([
    readNomad(world),
    readConsul(world),
    readVault(world),
    readRefs(world),
    readForge(world),
  ]);
  return { nomad, consul, vault, refs, forge };
}

/** Modify indexes of all that can be written, and the raft index of each table: a write that was undone shows too. */
async function readNomad(world: World): Promise<unknown> {
  type Indexed = { ID?: string; Name?: string; ModifyIndex: number; JobModifyIndex?: number };
  const tables = ['jobs', 'evaluations', 'deployments', 'namespaces', 'vars', 'acl/policies'];
  const read = tables.map(async (table) => {
    const found = await world.nomad<Indexed[]>(`/v1/${table}?namespace=*`);
    const rows = found.map(({ ID, Name, ModifyIndex, JobModifyIndex }) =>
      [ID ?? Name, ModifyIndex, JobModifyIndex].join(' '),
    );
    return [table, rows.toSorted()] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}

/** Keys with their indexes; a renewal of the lease's session does not move its key. */
async function readConsul(world: World): Promise<unknown> {
  const entries =
    await world.consul<{ Key: string; ModifyIndex: number; LockIndex: number }[]>('/v1/kv/?recurse=true');
  return entries.map(({ Key, ModifyIndex, LockIndex }) => `${Key} ${ModifyIndex} ${LockIndex}`);
}

async function readVault(world: World): Promise<unknown> {
  const data = async (path: string) => (await world.vault<{ data: unknown }>(path)).data;
  const { keys } = (await data('/v1/sys/policies/acl?list=true')) as { keys: string[] };
  return {
    // Versions, times and notes of the generated secret.
    secret: await data('/v1/kv/metadata/shop/db'),
    policies: await Promise.all(keys.map((name) => data(`/v1/sys/policies/acl/${name}`))),
    mounts: await data('/v1/sys/mounts'),
    auths: await data('/v1/sys/auth'),
    method: await data('/v1/auth/jwt-nomad/config'),
    role: await data('/v1/auth/jwt-nomad/role/nomad-workloads'),
  };
}

/** All references of the forge, notes and the record among them. */
async function readRefs({ repository }: World): Promise<readonly string[]> {
  const { stdout } = await run('git', ['ls-remote', repository.cloneUrl], {
    env: { PATH: process.env['PATH'], GIT_TERMINAL_PROMPT: '0' },
    timeout: 30_000,
  });
  return stdout.trim().split('\n');
}

async function readForge(world: World): Promise<unknown> {
  const { lab, repository } = world;
  const token = (await readFile(lab.gitea.users.alice.tokenFile, 'utf8')).trim();
  const list = async <T>(path: string): Promise<readonly T[]> => {
    const url = `${lab.gitea.url}/api/v1/repos/${repository.name}${path}`;
    const response = await fetch(url, {
      headers: { authorization: `token ${token}` },
      signal: AbortSignal.timeout(15_000),
    });
    if (!response.ok) throw new Error(`GET ${path}: ${response.status}`);
    const found = (await response.json()) as readonly T[];
    if (found.length >= pageSize) throw new Error(`${path} has more than one page`);
    return found;
  };
  type Pull = { number: number; state: string; updated_at: string; title: string; body: string };
  const pulls = await list<Pull>(`/pulls?state=all&limit=${pageSize}`);
  const comments = await list<{ id: number; updated_at: string }>(`/issues/comments?limit=${pageSize}`);
  const commits = new Set((await readRefs(world)).map((line) => line.split('\t')[0] ?? ''));
  const statuses = await Promise.all(
    [...commits].map(async (commit) => {
      const posted = await list<{ id: number }>(`/commits/${commit}/statuses?limit=${pageSize}`);
      return { commit, statuses: posted.map(({ id }) => id).toSorted((a, b) => a - b) };
    }),
  );
  return {
    pulls: pulls.map(({ number, state, updated_at, title, body }) => ({
      number,
      state,
      updated_at,
      title,
      body,
    })),
    comments: comments.map(({ id, updated_at }) => `${id} ${updated_at}`),
    statuses,
  };
}
