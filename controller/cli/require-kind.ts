import { findKinds, nearestKind } from '../edit/find-kinds.ts';
import { type AnyKind, kinds } from '../kinds/index.ts';
import { UsageError } from '../model/errors.ts';

/** The one kind that a word means. @throws UsageError when there is none, or several are as likely. */
export function requireKind(word: string): AnyKind {
  const [first, ...others] = findKinds(word, kinds);
  const isExact = first?.name.toLowerCase() === word.toLowerCase();
  if (first !== undefined && (others.length === 0 || isExact)) return first;
  if (first !== undefined) {
    const names = [first, ...others].map(({ name }) => name).join(', ');
    throw new UsageError(`${word} can mean several kinds`, { hint: `Write one of ${names}.` });
  }
  const nearest = nearestKind(word, kinds);
  throw new UsageError(`there is no kind ${word}`, {
    hint: nearest === undefined ? 'drover explain lists the kinds.' : `Did you mean ${nearest}?`,
  });
}
