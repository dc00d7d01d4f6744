import { escapeSegment } from '../model/tree.ts';

/** A path of Vault as the API knows it: no slashes around. */
export function plainPath(path: string): string {
  return path.replace(/^\/+|\/+$/g, '');
}

/** The same path as files of the rendered tree, without an extension. */
export function renderedPath(path: string): string {
  return path.split('/').map(escapeSegment).join('/');
}

/** One sentence of what is wrong with a path; none when it is fine. */
export function pathProblem(path: string): string | undefined {
  if (path !== plainPath(path)) return `the path "${path}" begins or ends with a slash`;
  if (!/^[A-Za-z0-9._/-]+$/.test(path))
    return `the path "${path}" has characters outside letters, digits and ._-/`;
  const parts = path.split('/');
  return parts.some((part) => part === '' || part === '.' || part === '..')
    ? `the path "${path}" has an empty part or one that is only dots`
    : undefined;
}
