import posix from 'node:path/posix';

/** Where Nomad writes a file of the program, and how the program comes to see it at its own path. */
export interface FilePlace {
  /** Relative to the task's folder: what a template's `destination` is. */
  readonly destination: string;
  /** For a container, whose own file system is the image's: the path that the written file is bound to. */
  readonly mountedAt?: string;
}

const taskFolders = /^\/?(?:local|secrets|alloc)\//;

/** Files of the task's own folders stay there; of others a container gets a bind mount, and an isolated process the file itself. */
export function filePlace(
  path: string,
  options: { readonly isContainer: boolean; readonly isSecret: boolean },
): FilePlace {
  if (isInTaskFolder(path)) return { destination: path.replace(/^\//, '') };
  if (!options.isContainer) return { destination: path.slice(1) };
  return { destination: `${options.isSecret ? 'secrets' : 'local'}/files${path}`, mountedAt: path };
}

export function isInTaskFolder(path: string): boolean {
  return taskFolders.test(path);
}

/** Absolute, or below `local/`, `secrets/` or `alloc/`; without parts that lead elsewhere. */
export function isFilePath(path: string): boolean {
  const isRooted = path.startsWith('/') || isInTaskFolder(path);
  return (
    isRooted &&
    posix.normalize(path) === path &&
    !path.endsWith('/') &&
    path.length <= 1024 &&
    !/[\p{Cc}\p{Cf}]/u.test(path)
  );
}
