import { SourceError } from '../model/errors.ts';
import type { UnreadFile } from '../model/source.ts';
import type { TreeEntry } from '../ports/objects.ts';
import { checkEntry, type Refusal } from './check-entry.ts';
import type { SourceLimits } from './source-limits.ts';

const projectFile = 'drover.yaml';
const shownRefusals = 5;

/** The entries whose content is to be read, and the files that are too large for it. */
export interface CheckedTree {
  readonly entries: readonly TreeEntry[];
  readonly unread: readonly UnreadFile[];
}

/**
 * Refuses a whole revision before any content is read: one hostile entry makes all of it untrustworthy, and an empty or
 * half-read one must never be taken for "no resources". A single file that is too large is left unread, for a finding.
 * @throws SourceError that names the paths and what to do.
 */
export function checkTree(entries: readonly TreeEntry[], limits: SourceLimits): CheckedTree {
  if (entries.length > limits.files) {
    const most = largestFolder(entries, () => 1);
    throw new SourceError(
      `the source has ${entries.length} files or more, ${limits.files} are allowed; ${most.total} of them lie below '${printable(most.folder)}'`,
      { hint: `Keep definitions in a repository of their own, without '${printable(most.folder)}'.` },
    );
  }
  const refusals = [...entries.flatMap((entry) => checkEntry(entry, limits) ?? []), ...findTwins(entries)];
  if (refusals.length > 0) throw refusalError(refusals);
  const limitBytes = limits.fileBytes;
  const [unread, readable] = [true, false].map((isLarge) =>
    entries.filter(({ sizeBytes }) => sizeBytes > limitBytes === isLarge),
  );
  checkTotal(readable ?? [], limits);
  if (!entries.some(({ path }) => path === projectFile)) {
    throw new SourceError(
      entries.length === 0 ? 'the source is empty' : `the source has no ${projectFile} at its top`,
      { hint: `A definitions repository has a ${projectFile} with kind: Project.` },
    );
  }
  return {
    entries: readable ?? [],
    unread: (unread ?? []).map(({ path, sizeBytes }) => ({ path, sizeBytes, limitBytes })),
  };
}

function checkTotal(entries: readonly TreeEntry[], { totalBytes }: SourceLimits): void {
  const sum = entries.reduce((sofar, { sizeBytes }) => sofar + sizeBytes, 0);
  if (sum <= totalBytes) return;
  const most = largestFolder(entries, ({ sizeBytes }) => sizeBytes);
  throw new SourceError(
    `the source has ${sum} bytes, ${totalBytes} are allowed; ${most.total} of them lie below '${printable(most.folder)}'`,
    { hint: `Keep definitions in a repository of their own, without '${printable(most.folder)}'.` },
  );
}

/** The folder at the top, or one below it, that most is in; files at the top are a folder of their own. */
function largestFolder(
  entries: readonly TreeEntry[],
  weigh: (entry: TreeEntry) => number,
): { readonly folder: string; readonly total: number } {
  const totals = new Map<string, number>();
  for (const entry of entries) {
    const folder = entry.path.split('/').slice(0, -1).slice(0, 2).join('/') || '.';
    totals.set(folder, (totals.get(folder) ?? 0) + weigh(entry));
  }
  const [[folder, total] = ['.', 0]] = [...totals].sort(([, a], [, b]) => b - a);
  return { folder, total };
}

/**
 * Files or folders that are one and the same where case or Unicode form does not count, and entries that are there
 * twice: what one reader sees, another would not.
 */
export function findTwins(entries: readonly TreeEntry[]): readonly Refusal[] {
  const spellingByFold = new Map<string, string>();
  const paths = new Set<string>();
  const refusals: Refusal[] = [];
  for (const { path } of entries) {
    const twin = paths.has(path) ? path : findFoldedTwin(path, spellingByFold);
    paths.add(path);
    if (twin === undefined) continue;
    const reason = twin === path ? 'is there twice' : `differs from '${twin}' only in case or Unicode form`;
    refusals.push({ path, reason, hint: 'Rename or remove one of them.' });
  }
  return refusals;
}

/** Every folder on the way counts, so that `A/x` and `a/y` are found too. */
function findFoldedTwin(path: string, spellingByFold: Map<string, string>): string | undefined {
  let end = path.indexOf('/');
  for (;;) {
    const prefix = end < 0 ? path : path.slice(0, end);
    const folded = fold(prefix);
    const former = spellingByFold.get(folded) ?? prefix;
    if (former !== prefix) return former;
    spellingByFold.set(folded, prefix);
    if (end < 0) return undefined;
    end = path.indexOf('/', end + 1);
  }
}

/** Upper case first: it is there that `ß` and `ss`, `ſ` and `s` meet. */
function fold(text: string): string {
  return text.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

function refusalError(refusals: readonly Refusal[]): SourceError {
  const shown = refusals.slice(0, shownRefusals).map(({ path, reason }) => `'${printable(path)}' ${reason}`);
  const more = refusals.length > shownRefusals ? `; and ${refusals.length - shownRefusals} more` : '';
  const hint = refusals[0]?.hint;
  return new SourceError(
    `the source is refused: ${shown.join('; ')}${more}`,
    hint === undefined ? {} : { hint },
  );
}

/** A refused path may hold anything; the message may not. */
function printable(path: string): string {
  const cut = path.length > 200 ? `${path.slice(0, 200)}…` : path;
  return cut.replaceAll(/[\p{Cc}\p{Cf}]/gu, (character) => {
    const hex = character.codePointAt(0)?.toString(16) ?? '';
    return `\\u{${hex}}`;
  });
}
