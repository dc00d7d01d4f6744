const mostNames = 5;

/** `a, b, c`, and how many more there are. */
export function namesInShort(items: readonly { readonly name: string }[]): string {
  const names = items.slice(0, mostNames).map(({ name }) => name);
  const rest = items.length - names.length;
  return `${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
