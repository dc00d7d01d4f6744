import type { Fleet } from '../../kinds/kind.ts';
import type { Span } from '../../model/diagnostic.ts';

/** Shorter ones occur by chance. */
const leastLength = 5;
const maxWords = 20;

/**
 * The one place of a file that says a word of a message: `limits.http_max_conn` leads to `http_max_conn:`. None where no word
 * occurs exactly once.
 */
export function wordInSource(fleet: Fleet, path: string, message: string): Span | undefined {
  const bytes = fleet.file(path);
  if (bytes === undefined) return undefined;
  const lines = new TextDecoder().decode(bytes).split('\n');
  for (const word of wordsOf(message)) {
    const pattern = new RegExp(`(?<![\\w-])${word}(?![\\w-])`, 'g');
    const found = lines.flatMap((line, index) =>
      [...line.matchAll(pattern)].map((match) => ({ line: index + 1, column: match.index + 1 })),
    );
    const [place, second] = found;
    if (place === undefined || second !== undefined) continue;
    return { path, ...place, endLine: place.line, endColumn: place.column + word.length };
  }
  return undefined;
}

/** Names of settings first: they are the most exact. */
function wordsOf(message: string): readonly string[] {
  const words = message.match(/[A-Za-z0-9_]+/g) ?? [];
  const long = [...new Set(words)].filter((word) => word.length >= leastLength);
  return long
    .toSorted((a, b) => Number(b.includes('_')) - Number(a.includes('_')) || b.length - a.length)
    .slice(0, maxWords);
}
