/** Longer ones are no globs that anybody means. */
const longest = 1000;

type Token = string | { readonly wild: 'one' | 'segment' | 'folders' | 'any' };

/**
 * Whether a path is what a glob describes: `*` is anything but a slash, `**` anything, `**` and a slash any folders or none, `?` one
 * character. The work is bounded by the product of both lengths.
 */
export function matchesGlob(glob: string, path: string): boolean {
  // Most paths are told apart by what stands before the first wildcard.
  const plain = /^[^*?]*/.exec(glob)?.[0] ?? '';
  return path.startsWith(plain) && matches(tokensOf(glob), path);
}

/** The same where slashes mean nothing: `*` is anything, as in the paths of Vault’s policies. */
export function matchesWildcard(pattern: string, text: string): boolean {
  const tokens = pattern
    .split('')
    .map((character): Token => (character === '*' ? { wild: 'any' } : character));
  return matches(tokens, text);
}

function tokensOf(glob: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let index = 0; index < glob.length; index++) {
    if (glob.startsWith('**/', index) && (index === 0 || glob[index - 1] === '/')) {
      tokens.push({ wild: 'folders' });
      index += 2;
    } else if (glob.startsWith('**', index)) {
      tokens.push({ wild: 'any' });
      index += 1;
    } else if (glob[index] === '*') tokens.push({ wild: 'segment' });
    else if (glob[index] === '?') tokens.push({ wild: 'one' });
    else tokens.push(glob[index] ?? '');
  }
  return tokens;
}

/** Keeps the set of places that the tokens read so far can reach. */
function matches(tokens: readonly Token[], text: string): boolean {
  if (tokens.length > longest || text.length > longest) return false;
  let reached = new Set([0]);
  for (const token of tokens) {
    reached = step(token, text, reached);
    if (reached.size === 0) return false;
  }
  return reached.has(text.length);
}

function step(token: Token, text: string, from: ReadonlySet<number>): Set<number> {
  if (typeof token === 'string') {
    return new Set([...from].filter((at) => text[at] === token).map((at) => at + 1));
  }
  if (token.wild === 'one') {
    return new Set([...from].filter((at) => at < text.length && text[at] !== '/').map((at) => at + 1));
  }
  const reached = new Set(from);
  let spreads = false;
  for (let at = 0; at <= text.length; at++) {
    spreads ||= from.has(at);
    if (spreads && isEnd(token.wild, text, at)) reached.add(at);
    if (token.wild === 'segment' && text[at] === '/') spreads = false;
  }
  return reached;
}

/** Where a wildcard may end; folders end behind a slash. */
function isEnd(wild: 'segment' | 'folders' | 'any', text: string, at: number): boolean {
  return wild !== 'folders' || text[at - 1] === '/';
}
