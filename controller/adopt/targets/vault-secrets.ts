import { stringify } from 'yaml';
import { apiVersion } from '../../model/resource.ts';
import type { AdoptTarget } from '../adopt-target.ts';
import type { VaultWorld } from '../adopt-world.ts';
import { type LeftBehind, nothingTaken, type Taken } from '../adopted-item.ts';
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
      const options = spec?.['options'];
      const isVersion2 = typeof options === 'object' && JSON.stringify(options).includes('"version":"2"');
      // A mount of several parts can't be told from its paths.
      if (spec?.['type'] !== 'kv' || !isVersion2 || mount.includes('/')) continue;
      left.push(...(await walk(vault, mount, signal)).map((path) => leftSecret(path, labels)));
    }
    return { ...nothingTaken, left };
  },
};

async function walk(vault: VaultWorld, mount: string, signal: AbortSignal): Promise<readonly string[]> {
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
  return paths.toSorted();
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
