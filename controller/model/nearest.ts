/** Longer words are not compared: nobody mistypes them by a letter or two. */
const longestWord = 64;

/** The candidate that was probably meant, or `undefined`. Ties go to the first in sorted order. At most `edits` letters differ. */
export function nearestWord(
  word: string,
  candidates: Iterable<string>,
  edits = Math.max(1, Math.floor(word.length / 3)),
): string | undefined {
  if (word.length > longestWord) return undefined;
  let best: string | undefined;
  let bestDistance = edits + 1;
  for (const candidate of [...candidates].sort()) {
    if (candidate.length > longestWord || candidate === word) continue;
    // That many letters are missing at least.
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** `did you mean "x"?`, or `undefined` when nothing is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const nearest = nearestWord(word, candidates);
  return nearest === undefined ? undefined : `did you mean "${nearest}"?`;
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    rows.push(current);
    for (let column = 1; column <= b.length; column++) {
      current.push(smallestStep({ rows, row, column, a, b }));
    }
  }
  return cell(rows, a.length, b.length);
}

function cell(rows: readonly (readonly number[])[], row: number, column: number): number {
  return rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
}

function smallestStep(at: {
  rows: readonly (readonly number[])[];
  row: number;
  column: number;
  a: string;
  b: string;
}): number {
  const { rows, row, column, a, b } = at;
  const isSame = a[row - 1] === b[column - 1];
  const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
  return Math.min(
    cell(rows, row - 1, column) + 1,
    cell(rows, row, column - 1) + 1,
    cell(rows, row - 1, column - 1) + (isSame ? 0 : 1),
    isSwap ? cell(rows, row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
  );
}
