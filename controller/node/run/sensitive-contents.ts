import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Manifest } from '../../model/payload.ts';
import { desiredEntries, unitPath } from '../files/desired-entries.ts';
import { parentRules } from '../files/managed-files.ts';
import { withParent } from '../files/safe-parent.ts';

/** So much of a file on disk is searched for secrets. */
const maxFileBytes = 1024 * 1024;

/** The contents that hold secrets, of files and unit files, as the payload brings them. */
export function sensitiveContents(
  manifest: Manifest,
  contents: ReadonlyMap<string, Uint8Array>,
): readonly Uint8Array[] {
  const keys = sensitivePlaces(manifest).map(({ contentKey }) => contentKey);
  return keys.flatMap((key) => contents.get(key) ?? []);
}

/** The same as they lie on the disk now. What can't be read gives nothing: it is in nobody's words either. */
export async function readSensitive(
  root: string,
  manifests: readonly Manifest[],
): Promise<readonly Uint8Array[]> {
  const contents: Uint8Array[] = [];
  for (const manifest of manifests) {
    const rules = { ...parentRules(root, desiredEntries(manifest)), createMissing: false };
    for (const { path } of sensitivePlaces(manifest)) {
      const content = await withParent(path, rules, (location) => readStart(location.path)).catch(
        () => undefined,
      );
      if (content !== undefined) contents.push(content);
    }
  }
  return contents;
}

function sensitivePlaces(manifest: Manifest): readonly { path: string; contentKey: string }[] {
  return [
    ...manifest.files.flatMap((file) =>
      'sensitive' in file && file.sensitive ? [{ path: file.path, contentKey: file.path }] : [],
    ),
    ...manifest.units.flatMap(({ name, sensitive }) =>
      sensitive === true ? [{ path: unitPath(name), contentKey: name }] : [],
    ),
  ];
}

async function readStart(path: string): Promise<Uint8Array> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(maxFileBytes), position: 0 });
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
