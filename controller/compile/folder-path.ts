/**
 * A path below the root of the repository in one spelling: no `./`, no slash at the end, `''` for the root itself.
 * `undefined` for paths that leave it or try to look like others: `..`, absolute, `~`, backslash, escapes, look-alikes.
 */
export function cleanPath(path: string): string | undefined {
  if (path === '' || path.length > 512 || /[\\~%:\p{Cc}]/u.test(path)) return undefined;
  if (path.normalize('NFKC') !== path || path.startsWith('/')) return undefined;
  const segments = path.split('/').filter((segment) => segment !== '.' && segment !== '');
  return segments.some((segment) => isForbidden(segment)) ? undefined : segments.join('/');
}

function isForbidden(segment: string): boolean {
  return segment === '..' || segment.toLowerCase() === '.git';
}

export function isBelow(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}

/** The most specific of the folders that holds the file: an overlapping layer does not read it a second time. */
export function layerOf(path: string, folders: readonly string[]): string | undefined {
  return folders
    .filter((folder) => isBelow(path, folder))
    .reduce<string | undefined>(
      (best, folder) => (best === undefined || folder.length > best.length ? folder : best),
      undefined,
    );
}

export function isYaml(path: string): boolean {
  return /\.ya?ml$/.test(path);
}
