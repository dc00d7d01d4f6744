import { type Verdict, verdictOf } from './verdict.ts';

const longestPattern = 200;
const longestValue = 200;
const mostRepeats = 2;

/** Letters, digits, a dot, anchors, plain classes, choices and simple repeats: read alike by Go and here. */
const shared = /^(?:[\w\s.,:;@/=<>#%&'"~-]|\\[.\-/dw^$*+?()[\]{}|\\]|\[\^?[\w.\- ]+\]|[\^$|()*+?])*$/;

/**
 * Whether a pattern is found in a value. Only of what Go's expressions and ours share is anything claimed, and only of
 * patterns that can't take long: Go's never backtrack.
 */
export function matchPattern(value: string, pattern: string): Verdict {
  const repeats = pattern.match(/[*+]/g)?.length ?? 0;
  const isBounded =
    pattern.length <= longestPattern && value.length <= longestValue && repeats <= mostRepeats;
  // A repeat of a group, or of a repeat, is what makes matching slow.
  const isPlain = shared.test(pattern) && !/[)*+?][*+?]|\(\?/.test(pattern);
  if (!isBounded || !isPlain) return 'unknown';
  try {
    return verdictOf(new RegExp(pattern).test(value));
  } catch {
    return 'unknown';
  }
}
