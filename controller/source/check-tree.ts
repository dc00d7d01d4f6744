import { SourceError } from '../model/errors.ts';
import type { TreeEntry } from '../ports/objects.ts';
import { checkEntry, type Refusal } from './check-entry.ts';
import type { SourceLimits } from './source-limits.ts';

const projectFile = 'drover.yaml';
const shownRefusals = 5;

/**
 * Refuses a whole revision before any content is read: one hostile entry makes all of it untrustworthy, and an empty or
 * half-read one must never be taken for "no resources".
 * @throws SourceError that names the paths and what to do.
 */
export function checkTree(entries: readonly TreeEntry[], limits: SourceLimits): void {
  if (entries.length > limits.files) {
    throw new SourceError(`the source has ${entries.length} files, ${limits.files} are allowed`, {
      hint: 'Keep definitions in a repository of their own.',
    });
  }
  const refusals = [...entries.flatMap((entry) => checkEntry(entry, limits) ?? []), ...findTwins(entries)];
  if (refusals.length > 0) throw refusalError(refusals);
  const totalBytes = entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (totalBytes > limits.totalBytes) {
    throw new SourceError(`the source has ${totalBytes} bytes, ${limits.totalBytes} are allowed`, {
      hint: 'Keep definitions in a repository of their own.',
    });
  }
  if (!entries.some(({ path }) => path === projectFile)) {
    throw new SourceError(
      entries.length === 0 ? 'the source is empty' : `the source has no ${projectFile} at its top`,
      { hint: `A definitions repository has a ${projectFile} with kind: Project.` },
    );
  }
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
