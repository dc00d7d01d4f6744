import { SourceError } from '../../model/errors.ts';
import type { TreeEntry } from '../../ports/objects.ts';

/** Parses `ls-tree -r -z -l`: `<mode> <type> <id> <size>` TAB path NUL. Sorted by path bytes. */
export function parseTreeListing(output: Buffer): readonly TreeEntry[] {
  const entries: { order: Buffer; entry: TreeEntry }[] = [];
  let offset = 0;
  while (offset < output.length) {
    const end = output.indexOf(0, offset);
    if (end < 0) throw new SourceError('the listing of a tree was cut short');
    const tab = output.indexOf(0x09, offset);
    const order = output.subarray(tab + 1, end);
    entries.push({ order, entry: parseEntry(output.toString('latin1', offset, tab), order.toString()) });
    offset = end + 1;
  }
  // A hostile tree need not be sorted.
  return entries.sort((a, b) => Buffer.compare(a.order, b.order)).map(({ entry }) => entry);
}

function parseEntry(head: string, path: string): TreeEntry {
  const [mode = '', , id = '', size = ''] = head.split(/ +/);
  return { path, mode, id, sizeBytes: size === '-' ? -1 : Number(size) };
}
