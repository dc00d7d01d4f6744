import { stringify } from 'yaml';
import { apiVersion } from '../model/resource.ts';
import type { AdoptedDefinition, AdoptedItem } from './adopted-item.ts';

export interface LaidOut {
  /** By path below the folder, sorted. */
  readonly files: ReadonlyMap<string, string>;
  /** Whose lines those of a file are. */
  ownersOf(path: string, line: number): readonly AdoptedItem[];
}

interface Range {
  readonly item: AdoptedItem;
  /** From 1; none for a file that is the item's alone. */
  readonly from: number;
  readonly to: number;
}

/** The files that items make: definitions of one file by name, one document each. `head` is the first line of each: editors look for a schema in every document. */
export function layOut(items: readonly AdoptedItem[], head: (path: string) => string): LaidOut {
  const files = new Map<string, string>();
  const ranges = new Map<string, Range[]>();
  const own = (path: string, range: Range) => ranges.set(path, [...(ranges.get(path) ?? []), range]);
  for (const item of items) {
    for (const { path, text } of item.beside) {
      files.set(path, text);
      own(path, { item, from: 1, to: Number.MAX_SAFE_INTEGER });
    }
  }
  for (const [path, members] of byFile(items)) {
    let text = '';
    for (const [index, { item, document }] of members.entries()) {
      text += index > 0 ? `---\n${head(path)}` : head(path);
      const from = text.split('\n').length;
      text += document;
      own(path, { item, from, to: text.split('\n').length - 1 });
    }
    files.set(path, text);
  }
  return {
    files: new Map([...files].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    ownersOf: (path, line) =>
      (ranges.get(path) ?? []).filter(({ from, to }) => from <= line && line <= to).map(({ item }) => item),
  };
}

interface Member {
  readonly item: AdoptedItem;
  readonly sort: string;
  readonly document: string;
}

function byFile(items: readonly AdoptedItem[]): ReadonlyMap<string, readonly Member[]> {
  const members = new Map<string, Member[]>();
  for (const item of items) {
    const { definition, file } = item;
    if (definition === undefined || file === undefined) continue;
    const sort = `${definition.namespace ?? ''}/${definition.name}`;
    const member = { item, sort, document: documentText(definition) };
    members.set(file, [...(members.get(file) ?? []), member]);
  }
  const sorted = [...members].map(
    ([file, list]) => [file, list.toSorted((a, b) => (a.sort < b.sort ? -1 : 1))] as const,
  );
  return new Map(sorted);
}

function documentText({ kind, name, namespace, spec }: AdoptedDefinition): string {
  const metadata = namespace === undefined || namespace === 'default' ? { name } : { name, namespace };
  return stringify(
    { apiVersion, kind, metadata, spec },
    // Quotes around what an older YAML reads as something else; texts as long as they are.
    { compat: 'yaml-1.1', lineWidth: 0, aliasDuplicateObjects: false },
  );
}
