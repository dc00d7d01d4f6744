import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const mountPointField = 4;

/** The mount points below a folder in the text of `/proc/self/mountinfo`, the deepest first. */
export function mountsBelow(mountinfo: string, directory: string): readonly string[] {
  return mountinfo
    .split('\n')
    .map((line) => line.split(' ')[mountPointField] ?? '')
    .map((point) =>
      point.replaceAll(/\\(\d{3})/g, (_, octal: string) => String.fromCodePoint(Number.parseInt(octal, 8))),
    )
    .filter((point) => point.startsWith(`${directory}/`))
    .toSorted((a, b) => b.length - a.length);
}

/**
 * Takes away the mounts below a folder. Nomad's client, when it runs as root, mounts each task's secrets folder in memory, and
 * a client that was killed leaves them: the folder could not be removed.
 */
export async function unmountBelow(directory: string): Promise<void> {
  const mountinfo = await readFile('/proc/self/mountinfo', 'utf8').catch(() => '');
  for (const point of mountsBelow(mountinfo, directory)) await run('umount', [point], { timeout: 10_000 });
}
