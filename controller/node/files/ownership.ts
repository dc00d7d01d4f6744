import { readFile } from 'node:fs/promises';
import { ApplyFailure } from '../run/apply-failure.ts';

export interface Ids {
  readonly uid: number;
  readonly gid: number;
}

export interface Owners {
  /** True when this process may give files away; otherwise owners are neither set nor compared. */
  readonly mayChange: boolean;
  /** @throws ApplyFailure for a user or group that this server does not have. */
  resolve(owner: string, group: string): Ids;
}

/** Users and groups of this server, by name or number, as `/etc/passwd` and `/etc/group` have them now. */
export async function readOwners(): Promise<Owners> {
  const own: Ids = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  if (own.uid !== 0) return { mayChange: false, resolve: () => own };
  const [users, groups] = await Promise.all([readIds('/etc/passwd'), readIds('/etc/group')]);
  return {
    mayChange: true,
    resolve: (owner, group) => ({
      uid: lookUp(users, owner, 'user'),
      gid: lookUp(groups, group, 'group'),
    }),
  };
}

async function readIds(path: string): Promise<ReadonlyMap<string, number>> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const rows = text.split('\n').map((line) => line.split(':'));
  return new Map(rows.flatMap(([name, , id]) => (name && id ? [[name, Number(id)] as const] : [])));
}

function lookUp(ids: ReadonlyMap<string, number>, name: string, what: string): number {
  const id = /^\d{1,9}$/.test(name) ? Number(name) : ids.get(name);
  // A minimal image may have no /etc/passwd; root is 0 everywhere.
  if (id === undefined && name === 'root') return 0;
  if (id === undefined) throw new ApplyFailure(`this server has no ${what} ${JSON.stringify(name)}`);
  return id;
}
