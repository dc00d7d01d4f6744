import { access, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { UnavailableError } from '../../model/errors.ts';
import { runGit } from './git-process.ts';

/** Makes sure once that the bare repository is there; a failure is forgotten, so that the next call tries again. */
export function createRepository(directory: string): { ensure(signal: AbortSignal): Promise<void> } {
  let ready = false;
  const ensure = async (signal: AbortSignal) => {
    if (ready) return;
    await mkdir(directory, { recursive: true, mode: 0o700 });
    // `git init` on a repository that is there is harmless, and slower than looking.
    const isThere = await access(path.join(directory, 'HEAD')).then(
      () => true,
      () => false,
    );
    if (!isThere) await initialise(directory, signal);
    ready = true;
  };
  return { ensure };
}

async function initialise(directory: string, signal: AbortSignal): Promise<void> {
  const args = ['init', '--bare', '--quiet', '--template=', '--object-format=sha1', '--initial-branch=main'];
  const { exitCode, stderr } = await runGit({ directory, args }, signal);
  if (exitCode !== 0) throw new UnavailableError(`git can't create a repository in ${directory}: ${stderr}`);
}
