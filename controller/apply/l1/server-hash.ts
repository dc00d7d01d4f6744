import { sha256Hex } from '../../model/hash.ts';
import type { SecretReference } from '../../model/payload.ts';
import type { FileTree } from '../../model/tree.ts';
import type { SecretVersion } from '../../ports/secrets.ts';
import { referenceName } from './read-servers.ts';

/** Versions by path; `undefined` for a secret that does not exist yet. */
export type SecretVersions = ReadonlyMap<string, SecretVersion | undefined>;

/**
 * The hash that convergence compares, lower-case hex: over the rendered folder with its references unresolved, and over
 * the versions of what they name. Never over a value, order, time or revision: the hash is public. Source: decision 5.
 */
export function serverHash(
  files: FileTree,
  references: readonly SecretReference[],
  versions: SecretVersions,
): string {
  const fileLines = [...files].map(([path, bytes]) => `${path}\0${sha256Hex(bytes)}\n`);
  const secretLines = references.map((reference) => {
    const version = versions.get(reference.path);
    // Versions start again at 1 after the metadata was deleted; with the time they name one content for good.
    return `${referenceName(reference)}\0${version?.version ?? 0}\0${version?.createdTime ?? ''}\n`;
  });
  return sha256Hex([...fileLines.sort(), '\n', ...secretLines.sort()].join(''));
}
