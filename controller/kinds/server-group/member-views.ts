import type { FieldPath } from '../../model/resource.ts';
import type { SourceView } from '../expansion.ts';

/** Where a field of any member stands in the template. */
export const templateView: SourceView = ([root, ...inside]) => {
  const isCarried = root === 'spec' || (root === 'metadata' && inside.length > 0 && inside[0] !== 'name');
  return isCarried ? { at: ['spec', 'template', root, ...inside] } : undefined;
};

/** Where a field of a member stands in the member's own lines: it is named by its key. */
export function memberView(name: string): SourceView {
  const entry: FieldPath = ['spec', 'servers', name];
  return ([root, ...inside]) => {
    if (root === 'spec' && inside.length > 0) return { at: [...entry, ...inside] };
    if (root === 'metadata' && inside.length > 0 && inside[0] !== 'name')
      return { at: [...entry, ...inside] };
    return { at: entry, part: 'key' };
  };
}

/** Where the name and the addresses of a counted member come from. */
export function countedView(ranges: ReadonlyMap<string, FieldPath>, hasNaming: boolean): SourceView {
  const name: FieldPath = ['spec', hasNaming ? 'naming' : 'count'];
  return ([root, field, ...inside]) => {
    if (root === undefined || (root === 'metadata' && (field === undefined || field === 'name')))
      return { at: name };
    const [network, part] = inside;
    const range = field === 'interfaces' && part === 'address' ? ranges.get(String(network)) : undefined;
    return root === 'spec' && range !== undefined ? { at: range } : undefined;
  };
}
