import { DroverError } from '../../model/errors.ts';
import type { PayloadHeader } from '../../model/payload.ts';
import type { Head } from './heads.ts';
import { listReferences, type ServerFolder } from './read-servers.ts';
import type { SecretSource } from './secret-source.ts';
import { type SecretVersions, serverHash } from './server-hash.ts';

/** One server with what it shall have, beside what lies in its key. */
export interface WantedServer {
  readonly folder: ServerFolder;
  readonly head: Head | undefined;
  readonly attempt: number;
  readonly versions: SecretVersions;
  /** `undefined` while Vault can't tell the versions of its secrets. */
  readonly hash: string | undefined;
  /** Why there is no hash; one sentence. */
  readonly blocked: string;
}

/** Computes what each server shall have. Vault's failure blocks the servers that need it and no other. */
export async function wantServers(
  folders: readonly ServerFolder[],
  context: {
    heads: ReadonlyMap<string, Head>;
    attempts: ReadonlyMap<string, number>;
    secrets: SecretSource;
  },
  signal: AbortSignal,
): Promise<readonly WantedServer[]> {
  const wanted: WantedServer[] = [];
  for (const folder of folders) {
    const head = context.heads.get(folder.name);
    const attempt = context.attempts.get(folder.name) ?? 0;
    const base = { folder, head, attempt };
    try {
      const references = listReferences(folder.document);
      const versions = await context.secrets.versions(references, signal);
      const hash = serverHash(folder.files, references, versions);
      wanted.push({ ...base, versions, hash, blocked: '' });
    } catch (error) {
      if (signal.aborted || !(error instanceof DroverError)) throw error;
      wanted.push({ ...base, versions: new Map(), hash: undefined, blocked: error.message });
    }
  }
  return wanted;
}

/** Whether the key holds what the server shall have, however old. */
export function isCurrent({ head, hash, attempt }: WantedServer, epoch: number): boolean {
  const header = head?.header;
  if (header === undefined || hash === undefined) return false;
  return header.hash === hash && header.attempt === attempt && header.order.epoch >= epoch;
}

/** Payloads are issued again at half their life, so that a captured one is soon worthless. */
export function isHalfSpent({ issuedAt, notAfter }: PayloadHeader, nowMs: number): boolean {
  return nowMs > issuedAt + (notAfter - issuedAt) / 2;
}
