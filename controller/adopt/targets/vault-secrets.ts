import { stringify } from 'yaml';
import { DeniedError } from '../../model/errors.ts';
import { isJsonObject, type Json } from '../../model/json.ts';
import { apiVersion } from '../../model/resource.ts';
import type { AdoptTarget } from '../adopt-target.ts';
import type { VaultWorld } from '../adopt-world.ts';
import { type LeftBehind, nothingTaken, type Taken } from '../adopted-item.ts';
import { readOrDenied } from '../denied.ts';
import { createLabels } from '../labels.ts';

const mostPaths = 2000;
const mostFolders = 500;

/** Secrets of KV version 2, by path alone: neither their values nor the names of their keys are read. */
export const vaultSecrets: AdoptTarget = {
  title: 'Vault secrets',
  needs: 'path "MOUNT/metadata/*" { capabilities = ["list"] } for each KV mount',
  isAsked: ({ vault }) => vault !== undefined,
  async take({ vault }, signal): Promise<Taken> {
    if (vault === undefined) return nothingTaken;
    const labels = createLabels();
    const left: LeftBehind[] = [];
    for (const mount of await vault.listings.mounts.keys('', signal)) {
      const { spec } = (await vault.mounts.read(mount, signal)) ?? {};
      if (spec?.['type'] !== 'kv') continue;
      const reason = whyUnseen(mount, spec['options'] ?? null);
      const found = reason ?? (await readOrDenied((name) => walk(vault, name, signal), mount));
      left.push(...leftBelow(mount, found, labels));
    }
    return { ...nothingTaken, left };
  },
};

function whyUnseen(mount: string, options: Json): string | undefined {
  const isVersion2 = isJsonObject(options) && options['version'] === '2';
  if (!isVersion2) return 'a VaultSecret is of KV version 2, and this mount is not';
  return mount.includes('/') ? 'a VaultSecret is below a mount of one part' : undefined;
}

interface Walked {
  readonly paths: readonly string[];
  readonly isWhole: boolean;
}

function leftBelow(
  mount: string,
  found: string | DeniedError | Walked,
  labels: (name: string) => string,
): readonly LeftBehind[] {
  const what = `secrets below ${mount}`;
  if (typeof found === 'string') return [{ what, reason: found }];
  if (found instanceof DeniedError) {
    const needs = `path "${mount}/metadata/*" { capabilities = ["list"] }`;
    return [{ what, reason: `${found.message}; the token needs ${needs}` }];
  }
  const listed = found.paths.map((path) => leftSecret(path, labels));
  if (found.isWhole) return listed;
  return [...listed, { what: `more ${what}`, reason: `the first ${found.paths.length} are listed` }];
}

async function walk(vault: VaultWorld, mount: string, signal: AbortSignal): Promise<Walked> {
  const paths: string[] = [];
  const folders = [mount];
  for (let read = 0; read < mostFolders && paths.length < mostPaths; read += 1) {
    const folder = folders.shift();
    if (folder === undefined) break;
    for (const path of await vault.listings.secrets.keys(folder, signal)) {
      if (path.endsWith('/')) folders.push(path.slice(0, -1));
      else paths.push(path);
    }
  }
  return { paths: paths.toSorted(), isWhole: folders.length === 0 };
}

function leftSecret(path: string, labels: (name: string) => string): LeftBehind {
  const sample = {
    apiVersion,
    kind: 'VaultSecret',
    metadata: { name: labels(path.slice(path.indexOf('/') + 1)) },
    spec: { path, keys: { KEY: { external: { owner: 'TEAM', from: 'WHERE IT COMES FROM' } } } },
  };
  return {
    what: `secret ${path}`,
    unit: `vault-secret:${path}`,
    reason: 'secrets are never read; a VaultSecret says what must be there',
    sample: stringify(sample),
  };
}
