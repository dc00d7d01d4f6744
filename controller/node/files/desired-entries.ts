import type { Manifest, Ownership } from '../../model/payload.ts';

/** What shall be at one path. Unit files are files like any other. */
export type DesiredEntry =
  | ({ readonly kind: 'directory'; readonly path: string } & Ownership)
  | ({
      readonly kind: 'file';
      readonly path: string;
      readonly sha256: string;
      readonly sizeBytes: number;
      /** Key of the payload's contents: the path, or the name of the unit. */
      readonly contentKey: string;
      readonly validate: readonly string[];
    } & Ownership)
  | { readonly kind: 'link'; readonly path: string; readonly target: string }
  | { readonly kind: 'absent'; readonly path: string; readonly isDirectory: boolean };

/** Units are read by everybody, but for those that hold a secret. */
function unitOwnership(isSensitive: boolean): Ownership {
  return { mode: isSensitive ? '0600' : '0644', owner: 'root', group: 'root' };
}

export function unitPath(name: string): string {
  return `/etc/systemd/system/${name}`;
}

/**
 * All entries of a manifest in the order in which they are applied: folders from the top, files, links, then what goes
 * away, lowest first. What `former` had and the manifest has no more is absent; nothing else ever is.
 */
export function desiredEntries(manifest: Manifest, former?: Manifest): readonly DesiredEntry[] {
  const present = [...directories(manifest), ...files(manifest), ...unitFiles(manifest), ...links(manifest)];
  const removals = absents(manifest);
  // A file that waits for its secret is left as it is, not taken for one that was dropped.
  const named = new Set([...present, ...removals].map((entry) => entry.path).concat(manifest.waiting));
  const waitingUnits = new Set(manifest.waiting.map(unitPath));
  const gone = former === undefined ? [] : [...files(former), ...unitFiles(former), ...links(former)];
  const dropped = gone
    .filter((entry) => !named.has(entry.path) && !waitingUnits.has(entry.path))
    .map((entry) => ({ kind: 'absent', path: entry.path, isDirectory: false }) as const);
  return [...present, ...[...removals, ...dropped].toSorted(lowestFirst)];
}

function directories(manifest: Manifest): readonly DesiredEntry[] {
  const present = manifest.directories.flatMap((entry) => (entry.absent === true ? [] : [entry]));
  return present
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ path, mode, owner, group }) => ({ kind: 'directory', path, mode, owner, group }));
}

function files(manifest: Manifest): readonly DesiredEntry[] {
  return manifest.files.flatMap((file): DesiredEntry[] => {
    if (!('sha256' in file)) return [];
    const { path, mode, owner, group, sha256, sizeBytes, validate } = file;
    return [{ kind: 'file', path, mode, owner, group, sha256, sizeBytes, validate, contentKey: path }];
  });
}

function unitFiles(manifest: Manifest): readonly DesiredEntry[] {
  return manifest.units.flatMap((unit): DesiredEntry[] => {
    const { name, sha256, sizeBytes, sensitive = false } = unit;
    if (unit.absent === true || sha256 === undefined || sizeBytes === undefined) return [];
    const path = unitPath(name);
    return [
      { kind: 'file', path, ...unitOwnership(sensitive), sha256, sizeBytes, validate: [], contentKey: name },
    ];
  });
}

function links(manifest: Manifest): readonly DesiredEntry[] {
  return manifest.files.flatMap((file): DesiredEntry[] =>
    'link' in file ? [{ kind: 'link', path: file.path, target: file.link }] : [],
  );
}

function absents(manifest: Manifest): readonly (DesiredEntry & { kind: 'absent' })[] {
  const gone = (path: string, isDirectory: boolean) => ({ kind: 'absent', path, isDirectory }) as const;
  return [
    ...manifest.files.flatMap((file) => (file.absent === true ? [gone(file.path, false)] : [])),
    ...manifest.units.flatMap((unit) => (unit.absent === true ? [gone(unitPath(unit.name), false)] : [])),
    ...manifest.directories.flatMap((entry) => (entry.absent === true ? [gone(entry.path, true)] : [])),
  ];
}

function lowestFirst(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? 1 : -1;
}
