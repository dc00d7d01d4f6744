import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { GiteaUser } from '../../scripts/lab/index.ts';

const run = promisify(execFile);

/** A clone that pushes one new commit at a time as one of the forge's users. */
export interface GitClient {
  /** @returns whether the forge took it. With `rewrite` the commit is a new root, pushed by force. */
  push(user: GiteaUser, branch: string, options?: { readonly rewrite?: boolean }): Promise<boolean>;
}

export async function createGitClient(directory: string, cloneUrl: string): Promise<GitClient> {
  await mkdir(directory, { recursive: true });
  const plain = {
    PATH: process.env['PATH'] ?? '',
    HOME: directory,
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_COUNT: '3',
    GIT_CONFIG_KEY_0: 'user.name',
    GIT_CONFIG_VALUE_0: 'lab',
    GIT_CONFIG_KEY_1: 'user.email',
    GIT_CONFIG_VALUE_1: 'lab@drover.invalid',
    GIT_CONFIG_KEY_2: 'http.extraHeader',
  };
  const git = async (args: readonly string[], header = '') => {
    const env = { ...plain, GIT_CONFIG_VALUE_2: header };
    const { stdout } = await run('git', [...args], { cwd: directory, env, timeout: 30_000 });
    return stdout.trim();
  };
  await git(['init', '--quiet', '--initial-branch=main']);
  let last: string | undefined;
  let count = 0;

  return {
    async push(user, branch, options = {}) {
      count += 1;
      const tree = await git(['write-tree']);
      const parent = last === undefined || options.rewrite ? [] : ['-p', last];
      const commit = await git(['commit-tree', tree, ...parent, '-m', `commit ${count}`]);
      const token = (await readFile(user.tokenFile, 'utf8')).trim();
      // In the environment: argument lists can be read by everybody.
      const header = `Authorization: Basic ${Buffer.from(`${user.name}:${token}`).toString('base64')}`;
      const force = options.rewrite ? ['--force'] : [];
      const isTaken = await git(
        ['push', '--quiet', ...force, cloneUrl, `${commit}:refs/heads/${branch}`],
        header,
      ).then(
        () => true,
        () => false,
      );
      if (isTaken && !options.rewrite) last = commit;
      return isTaken;
    },
  };
}
