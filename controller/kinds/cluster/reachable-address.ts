/** The address to ask an agent at that listens on `bound`: a template or a wildcard says nothing by itself. */
export function reachableAddress(bound: string | undefined, fallback: string): string {
  if (bound === undefined || !/^[0-9A-Fa-f:.]+$/.test(bound)) return fallback;
  return bound === '0.0.0.0' || bound === '::' ? '127.0.0.1' : bound;
}
