import type { CST } from 'yaml';

/**
 * The offset of the first value nested deeper than `maxDepth`, or `undefined`. Looks at the tokens without recursion, before
 * anything recursive does: where a stack overflows differs from run to run, and findings must not.
 */
export function deepValue(tokens: readonly CST.Token[], maxDepth: number): number | undefined {
  let level = tokens;
  for (let depth = 0; depth <= maxDepth + 1; depth++) {
    if (level.length === 0) return undefined;
    const next = level.flatMap((token) => childrenOf(token));
    if (depth > maxDepth && next.length > 0) return next[0]?.offset;
    level = next;
  }
  return undefined;
}

function childrenOf(token: CST.Token): readonly CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) => [key ?? [], value ?? []].flat());
}
