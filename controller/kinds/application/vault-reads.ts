import type { VaultMountSpec } from '../../kinds/vault-mount/schema.ts';
import type { VaultSecretSpec } from '../../kinds/vault-secret/schema.ts';
import type { SecretReference } from '../../model/payload.ts';
import type { Fleet } from '../kind.ts';
import type { VaultRead } from './template-text.ts';

/** `kv/shop/db` as `kv/data/shop/db`: the mount is the longest one declared that it starts with, else its first part. */
export function dataPathOf(path: string, fleet: Fleet): string {
  const mounts = fleet
    .byKind<VaultMountSpec>('VaultMount')
    .map(({ spec, metadata }) => spec.path ?? metadata.name)
    .filter((mount) => path.startsWith(`${mount}/`));
  const mount = mounts.toSorted((a, b) => b.length - a.length)[0] ?? path.split('/')[0] ?? '';
  return `${mount}/data/${path.slice(mount.length + 1)}`;
}

/** Where a VaultSecret lies; none when it is not declared. */
export function secretDataPath(name: string, fleet: Fleet): string | undefined {
  const secret = fleet.find<VaultSecretSpec>('VaultSecret', name);
  return secret === undefined ? undefined : dataPathOf(secret.spec.path, fleet);
}

export function vaultReads(secrets: readonly SecretReference[], fleet: Fleet): readonly VaultRead[] {
  return secrets.map((reference) => ({ reference, dataPath: dataPathOf(reference.path, fleet) }));
}

const placeholder = /\$\{\{ secret\(("(?:[^"\\]|\\.)*"), ("(?:[^"\\]|\\.)*")\) \}\}/g;

/** The secrets whose placeholders a text holds: what `${{ secret() }}` in the YAML became. */
export function placeholdersIn(text: string): readonly SecretReference[] {
  const found = [...text.matchAll(placeholder)].map(([, path = '""', key = '""']) => ({
    path: JSON.parse(path) as string,
    key: JSON.parse(key) as string,
  }));
  return [...new Map(found.map((reference) => [JSON.stringify(reference), reference])).values()];
}
