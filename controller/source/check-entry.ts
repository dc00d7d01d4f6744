import type { TreeEntry } from '../ports/objects.ts';
import type { SourceLimits } from './source-limits.ts';

/** Why an entry is refused, and what to do about it. */
export interface Refusal {
  readonly path: string;
  readonly reason: string;
  readonly hint: string;
}

type Rule = (entry: TreeEntry, limits: SourceLimits) => Omit<Refusal, 'path'> | undefined;

const invisible = /[\p{Cc}\p{Cf}]/u;

const rules: readonly Rule[] = [
  ({ mode }) => (mode === '120000' ? links : undefined),
  ({ mode }) => (mode === '160000' ? submodules : undefined),
  ({ mode }) => (mode.startsWith('100') ? undefined : { reason: `has mode ${mode}`, hint: rename }),
  ({ path }) => (path.split('/').some(isTraversal) ? traversal : undefined),
  ({ path }) => (path.includes('\\') ? { reason: 'has a backslash in its name', hint: rename } : undefined),
  ({ path }) =>
    invisible.test(path) || path.includes('\uFFFD')
      ? { reason: 'has invisible or broken characters in its name', hint: rename }
      : undefined,
  ({ path }) => (path.split('/').some(isGitName) ? gitNames : undefined),
  ({ path }, limits) =>
    path.split('/').length > limits.depth
      ? { reason: `lies more than ${limits.depth} levels deep`, hint: 'Move it up.' }
      : undefined,
  ({ path }, limits) =>
    Buffer.byteLength(path) > limits.pathBytes
      ? { reason: `has a path of more than ${limits.pathBytes} bytes`, hint: rename }
      : undefined,
];

const rename = 'Rename or remove it.';
const links = {
  reason: 'is a symbolic link, which could lead to files of the controller',
  hint: 'Replace it by a copy of the file.',
};
const submodules = { reason: 'is a submodule', hint: 'Copy the files into the repository.' };
const traversal = { reason: "has an empty part, '.' or '..' in its path", hint: rename };
const gitNames = { reason: "looks like git's own folder or file", hint: rename };

function isTraversal(segment: string): boolean {
  return segment === '' || segment === '.' || segment === '..';
}

/**
 * `.git` and `.gitmodules` as any file system would read them: in any case, with NTFS's short names, trailing dots and
 * streams, and with the characters that HFS+ ignores. Source: git's own `is_ntfs_dotgit` and `is_hfs_dotgit`.
 */
export function isGitName(segment: string): boolean {
  const plain = segment
    .normalize('NFKC')
    .replaceAll(/[\p{Cf}\p{Mn}]/gu, '')
    .toLowerCase()
    .replace(/:.*$/s, '')
    .replace(/[. ]+$/, '');
  const isShort = /^git~\d+$/.test(plain) || /^(?:gitmod|gi7eba)~\d+$/.test(plain);
  return plain === '.git' || plain === '.gitmodules' || isShort;
}

/** The first rule that an entry breaks, by its path and mode alone. */
export function checkEntry(entry: TreeEntry, limits: SourceLimits): Refusal | undefined {
  for (const rule of rules) {
    const broken = rule(entry, limits);
    if (broken !== undefined) return { path: entry.path, ...broken };
  }
  return undefined;
}
