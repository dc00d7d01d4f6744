import { readHclBlocks } from '../../kinds/nomad-job/hcl-blocks.ts';
import type { VaultPolicySpec } from '../../kinds/vault-policy/schema.ts';
import type { Resource } from '../../model/resource.ts';

/** Paths that a policy lets its holder read, with `*` and `+` as Vault reads them. */
export function granted(policy: Resource<VaultPolicySpec>): readonly string[] {
  const { hcl, rules = [] } = policy.spec;
  const ruled = rules.filter(({ capabilities }) => capabilities.includes('read')).map(({ path }) => path);
  return [...ruled, ...grantedInText(hcl ?? '')];
}

function grantedInText(text: string): readonly string[] {
  return readHclBlocks(text)
    .blocks.filter(({ type }) => type === 'path')
    .flatMap(({ labels: [path = ''], attributes }) => {
      const range = attributes.get('capabilities') ?? attributes.get('policy');
      const said = range === undefined ? '' : text.slice(range.start, range.end);
      return /"(?:read|write|sudo)"/.test(said) ? [path] : [];
    });
}

/** The path with what Vault puts in for the holder’s identity; of what is not known anything may stand there. */
export function resolvedPath(path: string, metadata: Readonly<Record<string, string>>): string {
  return path
    .replaceAll(/\$\{\{[^{}]*\}\}/g, 'accessor')
    .replaceAll(/\{\{([^{}]*)\}\}/g, (_, expression: string) => {
      const name = /\.metadata\.(\w+)\s*$/.exec(expression)?.[1];
      return (name === undefined ? undefined : metadata[name]) ?? anything;
    });
}

/** Stands for what is not known: no path has it. */
const anything = '\u0000';

/** Whether a pattern of a policy stands for a path: `+` is one segment, a `*` at the end any rest. */
export function matchesPolicyPath(pattern: string, path: string): boolean {
  const isOpen = pattern.endsWith('*');
  const wanted = (isOpen ? pattern.slice(0, -1) : pattern).split('/');
  const segments = path.split('/');
  if (isOpen ? segments.length < wanted.length : segments.length !== wanted.length) return false;
  return wanted.every((part, index) => {
    const segment = segments[index] ?? '';
    if (part === '+') return true;
    const isPrefix = isOpen && index === wanted.length - 1;
    return matchesSegment(part, segment, isPrefix);
  });
}

/** Parts around what is not known stand in their order. */
function matchesSegment(part: string, segment: string, isPrefix: boolean): boolean {
  const pieces = part.split(anything);
  const [first = '', ...rest] = pieces;
  if (rest.length === 0) return isPrefix ? segment.startsWith(part) : segment === part;
  if (!segment.startsWith(first)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = segment.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return isPrefix || segment.endsWith(rest.at(-1) ?? '');
}
