import type { JsonObject } from './json.ts';

/** A rendered tree: path (forward slashes, relative) to bytes. Order is that of the sorted paths, always. */
export type FileTree = ReadonlyMap<string, Uint8Array>;

/** The files of a rendered tree that are not units. */
export const treeFiles = {
  metadata: 'hydrator.metadata',
  inventory: 'inventory.json',
  rules: 'rules.json',
  readme: 'README.md',
  attributes: '.gitattributes',
} as const;

/**
 * The kinds of thing that a rendered tree owns. `server` is L1, all others are L2. Each is one apply target, and the
 * first part of an inventory key.
 */
export type UnitKind = (typeof unitKinds)[number];

/** All of them; whoever reads an inventory knows these. */
export const unitKinds = [
  'server',
  'vault-mount',
  'vault-policy',
  'vault-secret',
  'vault-auth',
  'vault-role',
  'vault-database-role',
  'consul-key',
  'consul-config-entry',
  'consul-acl-policy',
  'nomad-namespace',
  'nomad-node-pool',
  'nomad-variable',
  'nomad-acl-policy',
  'nomad-auth',
  'nomad-volume',
  'nomad-job',
] as const;

/** What one resource renders to: one owned object of the outside world, as one or more files. */
export interface Unit {
  readonly kind: UnitKind;
  /** The object's own key in its system: `shop/web` for a job, `shop/flags` for a Consul key, `web-1` for a server. */
  readonly key: string;
  /** Waves run lowest first; 35 (Vault auth and roles) waits for Nomad. Servers are outside the waves and have 0. */
  readonly wave: number;
  /** The file that stands for the unit: JSON (or the value's bytes for a Consul key). */
  readonly path: string;
  readonly files: FileTree;
  readonly options: UnitOptions;
  /** Source place of the definition, for the plan's words: path and line. */
  readonly source: { readonly path: string; readonly line: number };
}

/** What the definitions say about handling a unit, carried in the inventory. */
export interface UnitOptions {
  readonly protect?: boolean;
  readonly stateful?: boolean;
  readonly prune?: 'Delete' | 'Orphan' | 'Confirm';
  readonly onStopped?: 'Respect' | 'Heal';
  readonly adopt?: boolean;
  /** Identity of a job that runs once per content: sha256 of the definition as written. */
  readonly once?: string;
  /** Inventory keys (`nomad-job:shop/postgres`) that must be healthy first. */
  readonly dependsOn?: readonly string[];
  /** Total time to become healthy, in milliseconds. */
  readonly healthDeadlineMs?: number;
}

/** One line of `inventory.json`. */
export interface InventoryEntry {
  readonly kind: UnitKind;
  readonly key: string;
  readonly wave: number;
  readonly path: string;
  /** Hex SHA-256 over the unit's files: for one file its bytes, for more the sorted `path NUL sha256 LF` lines. */
  readonly sha256: string;
  readonly options: UnitOptions;
  /** The definition's file. Its line moves with every comment above it, so it is in the metadata only. */
  readonly source: { readonly path: string };
}

export interface Inventory {
  readonly version: 1;
  readonly entries: readonly InventoryEntry[];
}

/** `nomad-job:shop/web`: names a unit across inventories, plans, ledger and events. */
export function unitKey(unit: { readonly kind: UnitKind; readonly key: string }): string {
  return `${unit.kind}:${unit.key}`;
}

/** A folder or file name of the rendered tree: every byte outside `[a-z0-9_-]` as `%XX`, so that no two keys meet. */
export function escapeSegment(text: string): string {
  let escaped = '';
  for (const byte of new TextEncoder().encode(text)) {
    const character = String.fromCharCode(byte);
    escaped += /[a-z0-9_-]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return escaped;
}

/** `hydrator.metadata`: the keys that Argo CD's hydrator and gitops-promoter use, and `drover`. */
export interface HydratorMetadata {
  readonly drySha: string;
  readonly repoURL: string;
  readonly author: string;
  readonly date: string;
  readonly subject: string;
  readonly body: string;
  readonly references: readonly JsonObject[];
  readonly drover: {
    readonly version: string;
    readonly parser: string;
    readonly environment: string;
    /** Where each unit is defined: `nomad-job:shop/web` to `shop/web.yaml:3`. */
    readonly sources?: Readonly<Record<string, string>>;
  };
}
