import PQueue from 'p-queue';
import { ConflictError, DefectError, DeniedError, SourceError } from '../../model/errors.ts';
import type { RefUpdate, Remote } from '../../ports/remote.ts';
import type { GitCredentials } from './credentials.ts';
import {
  defaultTransports,
  isObjectId,
  isRefName,
  isRefPrefix,
  readRemoteUrl,
  type Transport,
} from './git-url.ts';
import { missingObjects } from './object-batch.ts';
import { type RemoteResult, type RemoteSettings, runRemote } from './remote-command.ts';
import { type GitService, remoteFailure } from './remote-failure.ts';
import { createRepository } from './repository.ts';

export interface GitRemoteOptions {
  /** The bare repository that objects are fetched into and pushed from; created when missing. */
  readonly directory: string;
  readonly url: string;
  readonly credentials?: GitCredentials;
  /** Default: https and ssh. `http` and `file` are for loopback and tests. */
  readonly transports?: readonly Transport[];
  /** Proxy and certificate variables and `SSH_AUTH_SOCK`; nothing else of the environment reaches git. */
  readonly environment?: Readonly<Record<string, string>>;
}

type Refs = ReadonlyMap<string, string>;

/**
 * A remote through simple-git, one instance an operation.
 * @throws UsageError at once for a URL that Drover does not use.
 */
export function createGitRemote(options: GitRemoteOptions): Remote {
  const { directory, credentials, transports = defaultTransports, environment = {} } = options;
  const remote = readRemoteUrl(options.url, transports);
  const settings: RemoteSettings = { directory, remote, transports, credentials, environment };
  const repository = createRepository(directory);
  // Two fetches of one reference at once stand in each other's way: git locks it.
  const fetches = new PQueue({ concurrency: 1 });
  const enter = async (signal: AbortSignal) => {
    signal.throwIfAborted();
    await repository.ensure(signal);
  };

  return {
    listRefs: async (prefixes, signal) => {
      checkPrefixes(prefixes);
      await enter(signal);
      return listRefs(settings, prefixes, signal);
    },
    fetch: async (refs, signal) => {
      checkNames(refs);
      await enter(signal);
      await fetches.add(() => fetchRefs(settings, refs, signal), { signal });
    },
    push: async (updates, signal) => {
      checkUpdates(updates);
      await enter(signal);
      if (updates.length > 0) await push(settings, updates, signal);
    },
  };
}

// Every name and id is judged by our own rules before git sees it.
function checkPrefixes(prefixes: readonly string[]): void {
  for (const prefix of prefixes) {
    if (!isRefPrefix(prefix)) throw new DefectError(`'${prefix.slice(0, 80)}' is not a reference prefix`);
  }
}

function checkNames(refs: readonly string[]): void {
  for (const ref of refs) {
    if (!isRefName(ref)) throw new DefectError(`'${ref.slice(0, 80)}' is not a full reference name`);
  }
}

function checkUpdates(updates: readonly RefUpdate[]): void {
  checkNames(updates.map(({ ref }) => ref));
  for (const id of updates.flatMap(({ to, expected }) => [to, expected])) {
    if (id !== null && !isObjectId(id)) throw new DefectError(`'${id.slice(0, 80)}' is not a commit id`);
  }
}

async function demand(
  settings: RemoteSettings,
  request: { readonly service: GitService; readonly args: readonly string[] },
  signal: AbortSignal,
): Promise<RemoteResult> {
  const result = await runRemote(settings, request.args, signal);
  if (result.exitCode !== 0) throw await remoteFailure(settings, request.service, result, signal);
  return result;
}

async function listRefs(
  settings: RemoteSettings,
  prefixes: readonly string[],
  signal: AbortSignal,
): Promise<Refs> {
  const patterns = prefixes.map((prefix) => (prefix.endsWith('/') ? `${prefix}*` : prefix));
  const args = ['ls-remote', '--quiet', '--refs', '--end-of-options', settings.remote.url, ...patterns];
  const { stdout } = await demand(settings, { service: 'git-upload-pack', args }, signal);
  const refs = new Map<string, string>();
  for (const line of stdout.split('\n')) {
    const [id = '', name = ''] = line.split('\t');
    // A pattern also matches the end of a longer name.
    const isAsked = prefixes.some((prefix) =>
      prefix.endsWith('/') ? name.startsWith(prefix) : name === prefix,
    );
    if (isAsked && isObjectId(id)) refs.set(name, id);
  }
  return refs;
}

async function fetchRefs(
  settings: RemoteSettings,
  names: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  if (names.length === 0) return;
  const refs = await listRefs(settings, names, signal);
  for (const name of names) {
    if (!refs.has(name)) throw new SourceError(`the remote has no ${name}`);
  }
  const missing = await missingObjects(settings.directory, [...refs.values()], signal);
  const specs = [...refs].filter(([, id]) => missing.has(id)).map(([name]) => `+${name}:${localRef(name)}`);
  if (specs.length === 0) return;
  const flags = ['--quiet', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules'];
  const args = ['fetch', ...flags, '--end-of-options', settings.remote.url, ...specs];
  await demand(settings, { service: 'git-upload-pack', args }, signal);
}

/** One level deep, so that a reference and a folder of references never stand in each other's way. */
function localRef(name: string): string {
  return `refs/drover/fetched/${name.replaceAll('%', '%25').replaceAll('/', '%2F')}`;
}

async function push(
  settings: RemoteSettings,
  updates: readonly RefUpdate[],
  signal: AbortSignal,
): Promise<void> {
  const leases = updates.map(({ ref, expected }) => `--force-with-lease=${ref}:${expected ?? ''}`);
  const specs = updates.map(({ ref, to }) => `${to ?? ''}:${ref}`);
  const flags = ['--porcelain', '--atomic', '--no-verify', ...leases];
  const args = ['push', ...flags, '--end-of-options', settings.remote.url, ...specs];
  const result = await runRemote(settings, args, signal);
  if (result.exitCode !== 0) await judgePush(settings, { updates, result }, signal);
}

/**
 * A push that failed is read back before it is judged: the answer may have been lost after the references moved, and
 * git says "stale" and "refused by a hook" with the same status.
 */
async function judgePush(
  settings: RemoteSettings,
  { updates, result }: { readonly updates: readonly RefUpdate[]; readonly result: RemoteResult },
  signal: AbortSignal,
): Promise<void> {
  const names = updates.map(({ ref }) => ref);
  const refs = await listRefs(settings, names, signal);
  if (updates.every(({ ref, to }) => (refs.get(ref) ?? null) === to)) return;
  const moved = updates.find(({ ref, expected }) => (refs.get(ref) ?? null) !== expected);
  if (moved !== undefined) {
    const there = refs.get(moved.ref) ?? 'absent';
    throw new ConflictError(`${moved.ref} is ${there}, expected ${moved.expected ?? 'absent'}`);
  }
  const isRefused = result.stdout.split('\n').some((line) => line.startsWith('!\t'));
  if (!isRefused) throw await remoteFailure(settings, 'git-receive-pack', result, signal);
  throw new DeniedError(`the remote refuses to move ${names.join(', ')}`, {
    hint: "The branch is protected, or a hook declines: Drover's own account must be allowed to push it.",
  });
}
