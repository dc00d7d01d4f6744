import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { parseDocument } from 'yaml';

const run = promisify(execFile);

/** A person's working copy of the definitions repository. */
export interface FleetCheckout {
  readonly directory: string;
  write(file: string, text: string): Promise<void>;
  read(file: string): Promise<string>;
  edit(file: string, change: (text: string) => string): Promise<void>;
  remove(file: string): Promise<void>;
  /** Starts a branch from the newest `main`. */
  branch(name: string): Promise<void>;
  /** Commits everything and pushes the current branch. Gives the commit. */
  push(message: string): Promise<string>;
}

export interface CheckoutOptions {
  readonly directory: string;
  readonly cloneUrl: string;
  readonly login: string;
  /** File that holds the person's token; reaches git through askpass only. */
  readonly tokenFile: string;
}

export async function createFleetCheckout(options: CheckoutOptions): Promise<FleetCheckout> {
  const { directory, login } = options;
  const askpass = `${directory}.askpass`;
  await mkdir(directory, { recursive: true });
  await writeFile(
    askpass,
    `#!/bin/sh\ncase "$1" in Username*) echo '${login}';; *) cat '${options.tokenFile}';; esac\n`,
    {
      mode: 0o700,
    },
  );
  const env = {
    PATH: process.env['PATH'],
    HOME: directory,
    GIT_ASKPASS: askpass,
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: login,
    GIT_AUTHOR_EMAIL: `${login}@acme.example`,
    GIT_COMMITTER_NAME: login,
    GIT_COMMITTER_EMAIL: `${login}@acme.example`,
  };
  const git = async (...args: string[]) => {
    const { stdout } = await run('git', ['-C', directory, ...args], { env, timeout: 60_000 });
    return stdout.trim();
  };
  const fileOf = (file: string) => path.join(directory, file);
  const read = (file: string) => readFile(fileOf(file), 'utf8');
  const write = async (file: string, text: string) => {
    await mkdir(path.dirname(fileOf(file)), { recursive: true });
    await writeFile(fileOf(file), text);
  };

  await git('init', '--quiet', '--initial-branch=main');
  await git('remote', 'add', 'origin', options.cloneUrl);
  return {
    directory,
    read,
    write,
    edit: async (file, change) => write(file, change(await read(file))),
    remove: (file) => rm(fileOf(file)),
    async branch(name) {
      await git('fetch', '--quiet', 'origin', 'main');
      await git('checkout', '--quiet', '-B', name, 'origin/main');
    },
    async push(message) {
      await git('add', '--all');
      await git('commit', '--quiet', '--message', message);
      await git('push', '--quiet', '--force', 'origin', 'HEAD');
      return git('rev-parse', 'HEAD');
    },
  };
}

/** Copies the sample fleet and fills in what is found at run time: vars of the one environment. */
export async function copySampleFleet(request: {
  readonly from: string;
  readonly to: string;
  readonly environment: string;
  readonly vars: Readonly<Record<string, unknown>>;
}): Promise<void> {
  await cp(request.from, request.to, { recursive: true });
  const file = path.join(request.to, 'drover.yaml');
  const document = parseDocument(await readFile(file, 'utf8'));
  for (const [name, value] of Object.entries(request.vars)) {
    document.setIn(['spec', 'environments', request.environment, 'vars', name], value);
  }
  await writeFile(file, document.toString({ lineWidth: 0 }));
}
