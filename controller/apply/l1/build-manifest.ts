import { sha256Hex } from '../../model/hash.ts';
import type { Order } from '../../model/order.ts';
import type { FileSpec, Manifest, ManifestFile, ManifestUnit, UnitSpec } from '../../model/payload.ts';
import type { ResolvedServer } from './resolve-secrets.ts';

/** What one issue of a payload adds to what the server shall be. */
export interface IssueDetails {
  readonly fleet: string;
  readonly order: Order;
  readonly attempt: number;
  readonly revision: string;
  readonly hash: string;
  /** Milliseconds since 1970. */
  readonly issuedAt: number;
  readonly notAfter: number;
  /** The key it will be sealed to. */
  readonly recipient: string;
}

/** The manifest, and the bytes behind it in its order: each file that has a size, then each such unit. */
export interface BuiltPayload {
  readonly manifest: Manifest;
  readonly contents: readonly Uint8Array[];
}

export function buildManifest(server: ResolvedServer, issue: IssueDetails): BuiltPayload {
  const { document } = server;
  const contents: Uint8Array[] = [];
  const take = (content: string): { sha256: string; sizeBytes: number } => {
    const bytes = server.contents.get(content) ?? new Uint8Array();
    contents.push(bytes);
    return { sha256: sha256Hex(bytes), sizeBytes: bytes.length };
  };
  const files = server.files.map((file) => manifestFile(file, take));
  const units = server.units.map((unit) => manifestUnit(unit, take));
  const manifest: Manifest = {
    v: 1,
    ...issue,
    environment: document.environment,
    server: document.server,
    confirmTimeoutMs: document.confirmTimeoutMs,
    directories: document.directories,
    files,
    units,
    preconditions: document.preconditions,
    checks: server.checks,
    waiting: server.waiting,
    groups: document.groups,
    extra: document.extra,
  };
  return { manifest, contents };
}

type Take = (content: string) => { sha256: string; sizeBytes: number };

function manifestFile(file: FileSpec, take: Take): ManifestFile {
  if (!('content' in file)) return file;
  const { content, secrets, ...rest } = file;
  // A file with a secret in it is sensitive, whatever its author said.
  return { ...rest, sensitive: rest.sensitive || secrets.length > 0, ...take(content) };
}

function manifestUnit(unit: UnitSpec, take: Take): ManifestUnit {
  const { content, secrets, ...rest } = unit;
  if (content === undefined) return rest;
  return { ...rest, ...(secrets.length > 0 ? { sensitive: true } : {}), ...take(content) };
}
