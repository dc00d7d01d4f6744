import type { Order } from './order.ts';

/** A Vault KV v2 key that a file refers to. Shown as a reference everywhere; its value exists only inside the seal. */
export interface SecretReference {
  /** Mount and path without `data/`: `kv/shop/db`. */
  readonly path: string;
  readonly key: string;
}

/**
 * The text that stands for a secret in rendered files, until the payload is sealed. A renderer writes it, nothing else
 * reads it but the push; only files that list the reference are searched for it.
 */
export function secretPlaceholder(reference: SecretReference): string {
  return `\${{ secret(${JSON.stringify(reference.path)}, ${JSON.stringify(reference.key)}) }}`;
}

/** Who owns a path and how it may be read. `mode` is four octal digits, as `0644`. */
export interface Ownership {
  readonly mode: string;
  readonly owner: string;
  readonly group: string;
}

export type DirectorySpec =
  | ({ readonly path: string; readonly absent?: false } & Ownership)
  | { readonly path: string; readonly absent: true };

export interface PresentFile extends Ownership {
  readonly path: string;
  readonly absent?: false;
  /** Where the content lies in the rendered tree, relative to `servers/<name>/`: `files/etc/motd.txt`. */
  readonly content: string;
  readonly secrets: readonly SecretReference[];
  readonly sensitive: boolean;
  /** Run on the temporary file before the rename, `{}` being its path. Empty: no check. */
  readonly validate: readonly string[];
  /** It may cut the server off. Absent when it does not. */
  readonly contact?: true;
}

export interface LinkFile {
  readonly path: string;
  readonly absent?: false;
  readonly link: string;
}

export interface AbsentFile {
  readonly path: string;
  readonly absent: true;
}

export type FileSpec = PresentFile | LinkFile | AbsentFile;

/** A service as systemd or the agent's own process manager runs it. */
export interface UnitSpec {
  readonly name: string;
  readonly absent?: boolean;
  readonly masked?: boolean;
  /** Content of the unit file in the rendered tree, as for files; absent for a unit that the system brings. */
  readonly content?: string;
  readonly secrets: readonly SecretReference[];
  readonly enabled: boolean;
  readonly state: 'Running' | 'Stopped';
  /** Absolute paths; a change of one restarts the unit. The unit's own file counts always. */
  readonly restartOn: readonly string[];
  readonly reloadOn: readonly string[];
  /** Packages whose change restarts it; absent when there are none. */
  readonly restartOnPackages?: readonly string[];
  readonly disruption: 'None' | 'Reload' | 'Restart' | 'Drain' | 'Reboot';
  readonly onFailure: 'Revert' | 'Hold';
}

/** A precondition or a check; exactly one of the probes is set. */
export interface ProbeSpec {
  readonly name: string;
  readonly exec?: readonly string[];
  readonly http?: string;
  /** `host:port`. */
  readonly tcp?: string;
  readonly unit?: string;
  readonly file?: string;
  readonly freeDisk?: { readonly path: string; readonly sizeBytes: number };
  readonly timeoutMs: number;
  readonly retries: number;
}

/** `version` as the package manager spells it, `*` for any. */
export type PackageSpec =
  | { readonly name: string; readonly absent?: false; readonly version: string }
  | { readonly name: string; readonly absent: true };

export interface ArtifactSpec {
  readonly path: string;
  readonly url: string;
  /** Lower-case hex, of what the URL gives, before `extract`. */
  readonly sha256: string;
  readonly extract?: string;
  readonly mode: string;
}

export type GroupSpec =
  | { readonly name: string; readonly absent?: false; readonly gid?: number }
  | { readonly name: string; readonly absent: true };

export type UserSpec =
  | {
      readonly name: string;
      readonly absent?: false;
      readonly uid?: number;
      readonly groups: readonly string[];
      readonly shell: string;
      readonly home?: string;
      /** The text of the whole file; absent when nothing is said of it. */
      readonly authorizedKeys?: string;
    }
  | { readonly name: string; readonly absent: true };

export interface MountSpec {
  readonly path: string;
  readonly device: string;
  readonly type: string;
  readonly options: string;
}

export interface RebootSpec {
  /** `kernel`, or absolute paths whose change asks for it. */
  readonly when: readonly string[];
  /** Cron expression in UTC; absent: at any time. */
  readonly window?: string;
}

/** The parts of a system that are no files and no units. A part of which nothing is said is absent; lists are sorted. */
export interface SystemSpec {
  readonly packages?: readonly PackageSpec[];
  readonly artifacts?: readonly ArtifactSpec[];
  readonly groups?: readonly GroupSpec[];
  readonly users?: readonly UserSpec[];
  readonly sysctls?: readonly { readonly key: string; readonly value: string }[];
  readonly modules?: readonly string[];
  readonly mounts?: readonly MountSpec[];
  readonly reboot?: RebootSpec;
}

/** What a server shall be, without anything that moves from one issue to the next. */
export interface MachineSpec {
  readonly directories: readonly DirectorySpec[];
  readonly files: readonly FileSpec[];
  readonly units: readonly UnitSpec[];
  readonly preconditions: readonly ProbeSpec[];
  readonly checks: readonly ProbeSpec[];
  /** What this version carries and its agent does not apply yet. */
  readonly extra: SystemSpec;
}

/** `servers/<name>/payload.json` in the rendered tree. */
export interface ServerDocument extends MachineSpec {
  readonly version: 1;
  readonly server: string;
  readonly environment: string;
  /** The server's X25519 public key as `x25519:<base64>`; `null` before it has joined. */
  readonly seal: string | null;
  /** The address that others reach it at; node_exporter listens there. */
  readonly address: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly datacenter: string;
  readonly state: 'Active' | 'Cordoned' | 'Draining' | 'Maintenance';
  /** Quorum groups (`consul`, `nomad`, `vault`) whose members take turns. */
  readonly groups: readonly string[];
  readonly confirmTimeoutMs: number;
}

/** A file inside a payload: its bytes follow the manifest in the manifest's order. */
export type ManifestFile =
  | (Omit<PresentFile, 'content' | 'secrets'> & { readonly sha256: string; readonly sizeBytes: number })
  | LinkFile
  | AbsentFile;

export type ManifestUnit = Omit<UnitSpec, 'content' | 'secrets'> & {
  readonly sha256?: string;
  readonly sizeBytes?: number;
  /** Its file holds secrets; absent when it does not. */
  readonly sensitive?: boolean;
};

/** The signed heart of a payload. The node decides by this alone. */
export interface Manifest {
  readonly v: 1;
  readonly fleet: string;
  readonly environment: string;
  readonly server: string;
  /** The key it is sealed to, as in the server document. */
  readonly recipient: string;
  readonly order: Order;
  /** Raised by `drover retry`; 0 at first. */
  readonly attempt: number;
  /** The live commit. */
  readonly revision: string;
  /** Hex SHA-256 as decision 5 says: content and secret versions, never values, order or times. */
  readonly hash: string;
  /** Milliseconds since 1970. */
  readonly issuedAt: number;
  readonly notAfter: number;
  readonly confirmTimeoutMs: number;
  readonly directories: readonly DirectorySpec[];
  readonly files: readonly ManifestFile[];
  readonly units: readonly ManifestUnit[];
  readonly preconditions: readonly ProbeSpec[];
  readonly checks: readonly ProbeSpec[];
  /** Files and units left out because their secret does not exist yet. Non-empty: the state is `waiting`. */
  readonly waiting: readonly string[];
  readonly groups: readonly string[];
  readonly extra: SystemSpec;
}

/** The line in clear above the sealed bytes: for routing and for knowing whether a write is needed. */
export interface PayloadHeader {
  readonly v: 1;
  readonly server: string;
  readonly environment: string;
  readonly order: Order;
  readonly attempt: number;
  readonly hash: string;
  readonly issuedAt: number;
  readonly notAfter: number;
  /** Hex SHA-256 of each chunk, in order; empty when the sealed bytes follow the header. */
  readonly chunks: readonly string[];
}

/** The agent's states, as `drover_l1_state{state}` reports them. */
export type NodeState =
  | 'pending'
  | 'applying'
  | 'confirming'
  | 'waiting'
  | 'applied'
  | 'failed'
  | 'reverted'
  | 'rejected'
  | 'held';

/** Why a payload was refused; the label of `drover_l1_rejected_total`. */
export type RejectReason =
  | 'format'
  | 'seal'
  | 'signature'
  | 'fleet'
  | 'environment'
  | 'recipient'
  | 'order'
  | 'expired'
  | 'content'
  | 'chunk'
  | 'policy';

/** What an agent writes to `drover/<env>/report/<server>`. */
export interface NodeReport {
  readonly v: 1;
  readonly server: string;
  readonly state: NodeState;
  readonly hash: string;
  readonly order: string;
  readonly attempt: number;
  /** Redacted, at most 4 KiB. */
  readonly error: string;
}

/** Consul keys, one spelling for all rooms. `[a-z0-9/_-]` only. */
export const consulKeys = {
  lease: (environment: string) => `drover/${environment}/lease`,
  payload: (environment: string, server: string) => `drover/${environment}/l1/${server}`,
  chunk: (environment: string, server: string, issue: number, index: number) =>
    `drover/${environment}/l1/${server}/${issue}/${index}`,
  payloads: (environment: string) => `drover/${environment}/l1/`,
  report: (environment: string, server: string) => `drover/${environment}/report/${server}`,
  reports: (environment: string) => `drover/${environment}/report/`,
  ledger: (environment: string, hash: string) => `drover/${environment}/ledger/${hash}`,
  hold: (environment: string) => `drover/${environment}/hold`,
  conditions: (environment: string) => `drover/${environment}/conditions`,
  group: (environment: string, group: string) => `drover/${environment}/group/${group}`,
} as const;
