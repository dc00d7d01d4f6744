import type { TextRange } from '../../model/text-range.ts';
import type { JobPlace } from '../kind.ts';
import { type HclBlock, readHclBlocks } from './hcl-blocks.ts';

/** Blocks that a group or task has from the job when it says nothing itself. */
const inherited: ReadonlySet<string> = new Set([
  'update',
  'migrate',
  'reschedule',
  'constraint',
  'affinity',
  'spread',
  'meta',
  'restart',
  'vault',
  'consul',
]);

/** Attributes that name a block without a label. */
const nameAttributes = ['name', 'destination', 'volume', 'source'] as const;

/** Finds parts of one HCL job. */
export interface HclPlaces {
  /** The nearest place that says it: a value, else the header of the block around; none when there is no job. */
  locate(place: JobPlace): TextRange | undefined;
}

export function createHclPlaces(text: string): HclPlaces {
  const root = readHclBlocks(text);
  const job = root.blocks.find(({ type }) => type === 'job');
  const read = (range: TextRange) => text.slice(range.start, range.end);
  return { locate: (place) => (job === undefined ? undefined : locateIn({ job, read }, place)) };
}

interface Source {
  readonly job: HclBlock;
  readonly read: (range: TextRange) => string;
}

function locateIn(source: Source, place: JobPlace): TextRange {
  const { nearest, scopes } = scopesOf(source.job, place);
  const { block, attribute } = place;
  if (block === undefined) return rangeIn(nearest, attribute);
  const wider = inherited.has(block) ? scopes : scopes.slice(0, 1);
  const found = firstOf(wider, (scope) => findBlock(source, scope, place));
  if (found !== undefined) return rangeIn(found, attribute);
  // `env = {…}` is an attribute with the block's name.
  return firstOf(wider, (scope) => scope.attributes.get(block)) ?? nearest.header;
}

/** Where to look, from the inside out; nowhere when the text has no such group or task, then the nearest header counts. */
function scopesOf(
  job: HclBlock,
  place: JobPlace,
): { readonly nearest: HclBlock; readonly scopes: readonly HclBlock[] } {
  const group = named(job, 'group', place.group);
  // A task that stands in the job itself is a group of its own name.
  const task = named(group ?? job, 'task', place.task ?? (group === undefined ? place.group : undefined));
  const found = [task, group, job].filter((scope) => scope !== undefined);
  const wanted = place.task !== undefined ? task : place.group !== undefined ? (group ?? task) : job;
  return { nearest: found[0] ?? job, scopes: wanted === undefined ? [] : found };
}

function rangeIn(block: HclBlock, attribute: string | undefined): TextRange {
  return (attribute === undefined ? undefined : block.attributes.get(attribute)) ?? block.header;
}

/** The block of that name, or the `dynamic` one that makes such. */
function named(scope: HclBlock, type: string, name: string | undefined): HclBlock | undefined {
  if (name === undefined) return undefined;
  return (
    scope.blocks.find((block) => block.type === type && block.labels[0] === name) ??
    generated(scope.blocks, type)
  );
}

function generated(blocks: readonly HclBlock[], type: string): HclBlock | undefined {
  const dynamic = blocks.find((block) => block.type === 'dynamic' && block.labels[0] === type);
  return dynamic?.blocks.find((block) => block.type === 'content');
}

function findBlock(source: Source, scope: HclBlock, place: JobPlace): HclBlock | undefined {
  const { block: type = '', label } = place;
  const inside = within(scope);
  const alike = inside.filter((block) => block.type === type);
  const exact = typeof label === 'string' ? labelled(source, { inside, alike }, label) : alike[label ?? 0];
  return exact ?? generated(inside, type) ?? alike[0];
}

function labelled(
  source: Source,
  { inside, alike }: { inside: readonly HclBlock[]; alike: readonly HclBlock[] },
  label: string,
): HclBlock | undefined {
  return (
    alike.find(({ labels }) => labels[0] === label) ??
    alike.find((block) => isNamed(source, block, label)) ??
    // A port is asked for by its network as well, a device by its resources.
    inside.find((block) => /^(?:port|device)$/.test(block.type) && block.labels[0] === label)
  );
}

function isNamed({ read }: Source, block: HclBlock, label: string): boolean {
  return nameAttributes.some((name) => {
    const range = block.attributes.get(name);
    return range !== undefined && read(range) === JSON.stringify(label);
  });
}

/** All blocks below, outer ones first, but those of other groups and tasks. */
function within(scope: HclBlock): readonly HclBlock[] {
  const found: HclBlock[] = [];
  let level = [scope];
  while (level.length > 0) {
    level = level.flatMap(({ blocks }) => blocks.filter(({ type }) => type !== 'group' && type !== 'task'));
    found.push(...level);
  }
  return found;
}

function firstOf<Item, Found>(
  items: readonly Item[],
  find: (item: Item) => Found | undefined,
): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
