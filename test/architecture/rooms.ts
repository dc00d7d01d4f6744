import path from 'node:path/posix';

/** Which rooms a room may import beside itself; docs/architecture.md tells why. */
export const allowedRooms: Readonly<Record<string, readonly string[]>> = {
  model: [],
  kinds: ['model', 'expression'],
  expression: ['model'],
  compile: ['model', 'kinds', 'expression'],
  analyse: ['model', 'kinds', 'expression'],
  render: ['model', 'kinds', 'expression'],
  edit: ['model', 'kinds', 'expression', 'compile'],
  plan: ['model', 'kinds', 'expression'],
  ports: ['model'],
  source: ['model', 'ports'],
  hydrate: ['model', 'ports'],
  review: ['model', 'ports', 'plan'],
  apply: ['model', 'ports', 'plan'],
  observe: ['model', 'ports'],
  report: ['model', 'ports'],
  queue: ['model', 'ports'],
  http: ['model', 'ports', 'report'],
  node: ['model', 'ports'],
  adopt: ['model', 'ports', 'kinds'],
  adapters: ['model', 'ports'],
  reconcile:
    'model ports kinds expression compile analyse render plan source hydrate review apply observe report queue'.split(
      ' ',
    ),
};

/** Plain data of the whole program, in no room; rooms below reconcile get it as a parameter. */
const openFiles: Readonly<Record<string, readonly string[]>> = { reconcile: ['controller/version.ts'] };

const pureRooms = new Set(['model', 'kinds', 'expression', 'compile', 'analyse', 'render', 'plan', 'edit']);
const pureBuiltins = new Set(['node:crypto', 'node:path/posix']);

/** Source text by path below the root: `controller/model/tree.ts`. */
export type SourceTexts = ReadonlyMap<string, string>;

export interface Import {
  readonly from: string;
  readonly target: string;
}

const importPattern =
  /^\s*(?:import|export)\b[^'";]*?from\s*'([^']+)'|^\s*import\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm;

export function importsOf(file: string, text: string): readonly Import[] {
  return [...text.matchAll(importPattern)].map((match) => ({
    from: file,
    target: match[1] ?? match[2] ?? match[3] ?? '',
  }));
}

/** `controller/apply/l1/seal.ts` is in the room `apply`; files directly below controller/ are in none. */
export function roomOf(file: string): string | undefined {
  const parts = file.split('/');
  return parts[0] === 'controller' && parts.length > 2 ? parts[1] : undefined;
}

export function importViolations(texts: SourceTexts): readonly string[] {
  return [...texts].flatMap(([file, text]) => importsOf(file, text).flatMap(checkImport));
}

function checkImport({ from, target }: Import): readonly string[] {
  const room = roomOf(from);
  if (room === undefined) return [];
  if (target.startsWith('node:')) {
    const isImpure = pureRooms.has(room) && !pureBuiltins.has(target);
    return isImpure ? [`${from}: pure room imports ${target}`] : [];
  }
  const file = path.join(path.dirname(from), target);
  const isFine = !target.startsWith('.') || mayImport(room, file);
  return isFine ? [] : [`${from}: ${room} may not import ${file}`];
}

function mayImport(room: string, file: string): boolean {
  const other = roomOf(file);
  if (other === room || room === 'cli' || openFiles[room]?.includes(file)) return true;
  return other !== undefined && (allowedRooms[room] ?? []).includes(other);
}

/** What a pure room must not touch even without an import. */
const impurities: readonly (readonly [RegExp, string])[] = [
  [/\bDate\.now\(|\bnew Date\(\s*\)/, 'reads the clock'],
  [/\bMath\.random\(/, 'draws random numbers'],
  [/\bprocess\.|\bglobalThis\./, 'reads the process'],
  [/\bfetch\(|\bsetTimeout\(|\bsetInterval\(/, 'does I/O or timing'],
];

export function impureLines(texts: SourceTexts): readonly string[] {
  const found: string[] = [];
  for (const [file, text] of texts) {
    if (!pureRooms.has(roomOf(file) ?? '')) continue;
    const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    for (const [pattern, why] of impurities) if (pattern.test(code)) found.push(`${file}: pure room ${why}`);
  }
  return found;
}

/** Import cycles, types included, as `a -> b -> a`. */
export function importCycles(texts: SourceTexts): readonly string[] {
  const graph = new Map(
    [...texts].map(([file, text]) => [
      file,
      importsOf(file, text)
        .filter(({ target }) => target.startsWith('.'))
        .map(({ target }) => path.join(path.dirname(file), target)),
    ]),
  );
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): void => {
    const start = trail.indexOf(file);
    if (start >= 0) cycles.push([...trail.slice(start), file].join(' -> '));
    if (start >= 0 || done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return cycles;
}

const bannedNames = new Set(['utils', 'helpers', 'common', 'misc', 'shared', 'types']);

export function badNames(files: readonly string[]): readonly string[] {
  return files.filter((file) => {
    const name = path.basename(file, '.ts');
    const parts = path.dirname(file).split('/');
    return !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) || [name, ...parts].some((part) => bannedNames.has(part));
  });
}

/** Methods of each exported interface of a port, by `file Interface`. */
export function portMethods(texts: SourceTexts): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [file, text] of texts) {
    if (roomOf(file) !== 'ports') continue;
    for (const match of text.matchAll(/export interface (\w+)[^{]*\{([\s\S]*?)\n\}/g)) {
      counts.set(`${file} ${match[1]}`, [...(match[2] ?? '').matchAll(/^ {2}\w+\(/gm)].length);
    }
  }
  return counts;
}
