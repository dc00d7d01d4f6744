/** What Go’s expressions do not have, or can’t be anything; one sentence, or none. Only what is certain. */
export function patternProblem(pattern: string): string | undefined {
  const plain = pattern.replaceAll(/\\[^1-9k]/gs, '_');
  if (/\\[1-9k]/.test(plain)) return 'it refers back to a group, which Go’s expressions can’t';
  if (plain.endsWith('\\')) return 'it ends with a backslash';
  const outside = withoutClasses(plain);
  if (outside === undefined) return 'a bracket [ is not closed';
  if (/\(\?(?:[=!>]|<[=!])/.test(outside)) return 'it looks around, which Go’s expressions can’t';
  if (/^[*+?]|[(|][*+]/.test(outside)) return 'it repeats nothing';
  if (/[*+?][*+]/.test(outside)) return 'it repeats a repetition';
  return unbalanced(outside) ? 'its parentheses do not match' : undefined;
}

/** The pattern with one letter for each class; none when one does not end. */
function withoutClasses(pattern: string): string | undefined {
  let text = '';
  for (let at = 0; at < pattern.length; ) {
    if (pattern[at] !== '[') {
      text += pattern[at];
      at += 1;
      continue;
    }
    const end = classEnd(pattern, at);
    if (end < 0) return undefined;
    text += '_';
    at = end + 1;
  }
  return text;
}

/** A closing bracket right behind the opening one belongs to the class, as do names like `[:alpha:]`. */
function classEnd(pattern: string, start: number): number {
  const first = pattern[start + 1] === '^' ? start + 2 : start + 1;
  for (let at = first; at < pattern.length; at++) {
    const named = pattern.startsWith('[:', at) ? pattern.indexOf(':]', at) : -1;
    if (named >= 0) at = named + 1;
    else if (pattern[at] === ']' && at > first) return at;
  }
  return -1;
}

function unbalanced(pattern: string): boolean {
  let depth = 0;
  for (const character of pattern) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth < 0) return true;
  }
  return depth !== 0;
}
