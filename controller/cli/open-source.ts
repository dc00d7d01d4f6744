import { execFile } from 'node:child_process';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '../cache-folder.ts';
import { UsageError } from '../model/errors.ts';
import type { Revision, SourceTree } from '../model/source.ts';
import type { ConfigChecker } from '../ports/config-checker.ts';
import type { CompilePorts } from '../reconcile/compile-source.ts';
import { droverVersion } from '../version.ts';
import type { CliIo } from './io.ts';
import { isThere } from './is-there.ts';
import { knownByFile } from './known-by-file.ts';

const run = promisify(execFile);

/** A definitions folder as the command line opens it: files, and the commit they stand for. */
export interface OpenedSource {
  readonly directory: string;
  readonly source: SourceTree;
  readonly revision: Revision;
  /** The git directory, when the folder is in a checkout. */
  readonly gitDirectory: string | undefined;
}

/** Of files that no commit has as they are: as git writes an object that is not there. */
const noRevision: Revision = {
  id: '0'.repeat(40),
  author: '',
  date: '1970-01-01T00:00:00Z',
  subject: '',
  body: '',
};

/** Opens a folder, or with `at` a commit of the repository around it. */
export async function openSource(
  directory: string,
  at: string | undefined,
  io: CliIo,
): Promise<OpenedSource> {
  const absolute = resolve(io.cwd, directory);
  const gitDirectory = await git(absolute, ['rev-parse', '--absolute-git-dir'], io.signal);
  if (at === undefined) {
    const { readProjectFolder } = await import('./read-project-folder.ts');
    const source = await readProjectFolder(absolute, io.signal);
    const head = await committedHead(absolute, io.signal);
    const revision = head === undefined ? noRevision : await readRevisionOf(gitDirectory, head, io.signal);
    return { directory: absolute, source, revision, gitDirectory };
  }
  const commit = await resolveCommit(absolute, at, io.signal);
  if (gitDirectory === undefined || commit === undefined) {
    throw new UsageError(`${at} is not a commit of the repository around ${directory}`);
  }
  const { createGitObjects } = await import('../adapters/git/objects.ts');
  const { readRevision } = await import('../source/read-revision.ts');
  const objects = createGitObjects({ directory: gitDirectory });
  try {
    const source = await readRevision({ objects, commit }, io.signal);
    return {
      directory: absolute,
      source,
      revision: await objects.readCommit(commit, io.signal),
      gitDirectory,
    };
  } finally {
    await objects.close();
  }
}

/** The commit that has the folder's files as they lie there, where one does. */
async function committedHead(directory: string, signal: AbortSignal): Promise<string | undefined> {
  const changes = await git(directory, ['--no-optional-locks', 'status', '--porcelain', '--', '.'], signal);
  return changes === '' ? resolveCommit(directory, 'HEAD', signal) : undefined;
}

async function readRevisionOf(
  gitDirectory: string | undefined,
  commit: string,
  signal: AbortSignal,
): Promise<Revision> {
  if (gitDirectory === undefined) return noRevision;
  const { createGitObjects } = await import('../adapters/git/objects.ts');
  const objects = createGitObjects({ directory: gitDirectory });
  try {
    return await objects.readCommit(commit, signal);
  } finally {
    await objects.close();
  }
}

/** The commit that a name means, or `undefined`. */
export async function resolveCommit(
  directory: string,
  name: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  return git(directory, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`], signal);
}

async function git(
  directory: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const { stdout } = await run('git', ['-C', directory, ...args], { signal, timeout: 10_000 });
    return stdout.trim();
  } catch {
    return undefined;
  }
}

/** The offline parser and the memo in the user's cache folder. */
export async function openParser(nomad: string | undefined, io: CliIo): Promise<CompilePorts> {
  const [{ createOfflineParser }, { createFileMemo }, { createSystemClock }] = await Promise.all([
    import('../adapters/nomad/offline-parser.ts'),
    import('../adapters/system/file-memo.ts'),
    import('../adapters/system/clock.ts'),
  ]);
  const binary = nomad ?? io.env['DROVER_NOMAD'] ?? (await findOnPath('nomad', io));
  const memo = createFileMemo(join(cacheFolder(io.env, io.env['HOME'] ?? '/tmp'), 'memo'));
  const parser = createOfflineParser({ binary: binary ?? 'nomad' });
  return {
    droverVersion,
    parser: binary === undefined ? parser : knownByFile(parser, resolve(io.cwd, binary)),
    memo,
    clock: createSystemClock(),
  };
}

/** The programs on PATH that judge their own configuration files; the nomad of the parser, where it is named by its place. */
export async function openPrograms(nomad: string | undefined, io: CliIo): Promise<ConfigChecker> {
  const { createProgramChecker } = await import('../adapters/programs/checker.ts');
  const named = nomad ?? io.env['DROVER_NOMAD'];
  const binaries = named === undefined ? {} : { nomad: resolve(io.cwd, named) };
  return createProgramChecker({ searchPath: io.env['PATH'] ?? '', binaries });
}

async function findOnPath(name: string, io: CliIo): Promise<string | undefined> {
  for (const folder of (io.env['PATH'] ?? '').split(delimiter)) {
    const file = join(folder, name);
    if (folder !== '' && (await isThere(file))) return file;
  }
  return undefined;
}
