import { readdir, readFile } from 'node:fs/promises';

/** One process for good: a pid alone may be another one's tomorrow. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks between boot and the start of the process. */
  readonly startTicks: number;
  readonly bootId: string;
}

interface ProcessStat {
  readonly state: string;
  readonly session: number;
  readonly startTicks: number;
}

export const tokenVariable = 'DROVER_UNIT_TOKEN';

export async function readBootId(): Promise<string> {
  return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => 'unknown')).trim();
}

async function readStat(pid: number): Promise<ProcessStat | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The name in parentheses may hold spaces and parentheses itself.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  if (fields === undefined || fields.length < 20) return undefined;
  return { state: fields[0] ?? '', session: Number(fields[3]), startTicks: Number(fields[19]) };
}

export async function identify(pid: number, bootId: string): Promise<ProcessIdentity | undefined> {
  const stat = await readStat(pid);
  return stat === undefined || isDead(stat) ? undefined : { pid, startTicks: stat.startTicks, bootId };
}

/** Whether this very process still runs. A zombie that nobody reaps does not. */
export async function isAlive(identity: ProcessIdentity, bootId: string): Promise<boolean> {
  if (identity.bootId !== bootId) return false;
  const stat = await readStat(identity.pid);
  return stat !== undefined && !isDead(stat) && stat.startTicks === identity.startTicks;
}

function isDead(stat: ProcessStat): boolean {
  return stat.state === 'Z' || stat.state === 'X';
}

/**
 * The main process that carries the token: the one that leads its session, since what it starts inherits the token.
 */
export async function findByToken(token: string, bootId: string): Promise<ProcessIdentity | undefined> {
  const mark = Buffer.from(`${tokenVariable}=${token}\0`);
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  for (const pid of pids) {
    const environment = await readFile(`/proc/${pid}/environ`).catch(() => undefined);
    if (environment?.includes(mark) !== true) continue;
    const stat = await readStat(pid);
    if (stat !== undefined && !isDead(stat) && stat.session === pid) {
      return { pid, startTicks: stat.startTicks, bootId };
    }
  }
  return undefined;
}
