import type { TextRange } from './text-range.ts';

/**
 * Where words stand in a part of a text, each behind the one before: the range of the last that is there. None when the first is
 * not; a word inside a longer one does not count.
 */
export function wordRange(text: string, within: TextRange, words: readonly string[]): TextRange | undefined {
  let found: TextRange | undefined;
  for (const word of words) {
    const start = wordStart(text, word, found?.end ?? within.start);
    if (start === undefined || start + word.length > within.end) return found;
    found = { start, end: start + word.length };
  }
  return found;
}

function wordStart(text: string, word: string, from: number): number | undefined {
  if (word === '') return undefined;
  for (let start = text.indexOf(word, from); start >= 0; start = text.indexOf(word, start + 1)) {
    const end = start + word.length;
    const isInside = isJoined(text[start - 1], text[start]) || isJoined(text[end - 1], text[end]);
    if (!isInside) return start;
  }
  return undefined;
}

function isJoined(left: string | undefined, right: string | undefined): boolean {
  return [left, right].every((character) => character !== undefined && /[\w-]/.test(character));
}
