import type { KindName } from '../kinds/kind.ts';
import { DeniedError } from '../model/errors.ts';
import type { JsonObject } from '../model/json.ts';
import { type UnitKind, unitKey } from '../model/tree.ts';
import type { ClusterObjects, LiveObject } from '../ports/cluster-objects.ts';
import type { AdoptTarget } from './adopt-target.ts';
import type { AdoptWorld } from './adopt-world.ts';
import { type AdoptedItem, type LeftBehind, plainTexts, type Taken } from './adopted-item.ts';
import { readOrDenied, throwWhenAllDenied } from './denied.ts';
import { eachBounded } from './each-bounded.ts';
import { createLabels } from './labels.ts';

export interface AdoptedSpec {
  /** The definition's name, where it is not that of the object. */
  readonly name?: string;
  readonly spec: JsonObject;
}

export interface ObjectAdoption {
  readonly title: string;
  readonly needs: string;
  readonly kind: KindName;
  readonly unit: UnitKind;
  /** In the singular: `namespace`. */
  readonly word: string;
  /** Where its definitions are written. */
  readonly file: string;
  readonly isAsked: (world: AdoptWorld) => boolean;
  readonly keys: (world: AdoptWorld, signal: AbortSignal) => Promise<readonly string[]>;
  readonly objects: (world: AdoptWorld) => Pick<ClusterObjects, 'read'>;
  /** Built in, or another tool's: not spoken of. */
  readonly isForeign: (key: string) => boolean;
  /** Why it is not even read. */
  readonly unread?: (key: string) => string | undefined;
  /** `labels` gives each name once; a text says why it can't be taken; none when there is nothing to say of it. */
  readonly define: (live: LiveObject, labels: (name: string) => string) => AdoptedSpec | string | undefined;
}

/** A target for objects that are read by key and written as one definition each, all in one file. */
export function createObjectAdoption(options: ObjectAdoption): AdoptTarget {
  const { title, needs, isAsked } = options;
  return { title, needs, isAsked, take: (world, signal) => takeObjects(options, world, signal) };
}

async function takeObjects(options: ObjectAdoption, world: AdoptWorld, signal: AbortSignal): Promise<Taken> {
  const objects = options.objects(world);
  const keys = (await options.keys(world, signal)).filter((key) => !options.isForeign(key));
  const seen = await eachBounded(keys, async (key) => ({
    key,
    live: options.unread?.(key) ?? (await readOrDenied((name) => objects.read(name, signal), key)),
  }));
  throwWhenAllDenied(seen.map(({ live }) => live));
  const labels = createLabels();
  const items: AdoptedItem[] = [];
  const left: LeftBehind[] = [];
  for (const { key, live } of seen) {
    const found = foundOf(options, live, labels);
    if (typeof found === 'string') left.push({ what: `${options.word} ${key}`, reason: found });
    else if (found !== undefined) items.push(itemOf(options, key, found));
  }
  return { items, left, mind: [] };
}

function foundOf(
  { define, needs }: ObjectAdoption,
  live: LiveObject | DeniedError | string | undefined,
  labels: (name: string) => string,
): AdoptedSpec | string | undefined {
  if (live instanceof DeniedError) return `${live.message}; the token needs ${needs}`;
  return typeof live === 'object' ? define(live, labels) : live;
}

function itemOf(
  { kind, unit, word, file, title }: ObjectAdoption,
  key: string,
  found: AdoptedSpec,
): AdoptedItem {
  return {
    unit: unitKey({ kind: unit, key }),
    what: `${word} ${key}`,
    form: title,
    definition: { kind, name: found.name ?? key, spec: plainTexts(found.spec) },
    file,
    beside: [],
  };
}
