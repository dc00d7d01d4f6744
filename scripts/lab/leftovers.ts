import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** The variable that marks every process of a lab, and what those start in turn (Nomad's executors and tasks). */
export const labVariable = 'DROVER_LAB';

const graceMs = 3_000;
const rounds = 5;

/** Whether one of the NUL-separated entries is exactly `name=value`. */
export function hasVariable(environ: string, name: string, value: string): boolean {
  return environ.split('\0').includes(`${name}=${value}`);
}

async function isZombie(pid: number): Promise<boolean> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The command in parentheses may itself contain parentheses and spaces.
  return text.slice(text.lastIndexOf(')') + 2).startsWith('Z');
}

/** The running processes with that lab's mark, this one apart. Those of other users can't be read, and are none of ours. */
export async function findLeftovers(id: string): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    pids.map(async (pid) => {
      if (pid === process.pid) return [];
      const environ = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
      return hasVariable(environ, labVariable, id) && !(await isZombie(pid)) ? [pid] : [];
    }),
  );
  return found.flat();
}

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // Gone already.
    }
  }
}

/** Ends what still carries the mark: asks, then kills; again, because an executor may have started something meanwhile. */
export async function endLeftovers(id: string): Promise<readonly number[]> {
  const ended = new Set<number>();
  for (let round = 0; round < rounds; round += 1) {
    const pids = await findLeftovers(id);
    if (pids.length === 0) break;
    for (const pid of pids) ended.add(pid);
    signalAll(pids, 'SIGTERM');
    for (let waitedMs = 0; waitedMs < graceMs && (await findLeftovers(id)).length > 0; waitedMs += 100) {
      await sleep(100);
    }
    signalAll(await findLeftovers(id), 'SIGKILL');
    await sleep(50);
  }
  return [...ended];
}
