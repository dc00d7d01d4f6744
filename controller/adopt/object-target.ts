import type { KindName } from '../kinds/kind.ts';
import type { JsonObject } from '../model/json.ts';
import { type UnitKind, unitKey } from '../model/tree.ts';
import type { ClusterObjects, LiveObject } from '../ports/cluster-objects.ts';
import type { AdoptTarget } from './adopt-target.ts';
import type { AdoptWorld } from './adopt-world.ts';
import { type AdoptedItem, type LeftBehind, plainTexts, type Taken } from './adopted-item.ts';
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
  const live = await eachBounded(keys, (key) => objects.read(key, signal));
  const labels = createLabels();
  const items: AdoptedItem[] = [];
  const left: LeftBehind[] = [];
  for (const object of live) {
    if (object === undefined) continue;
    const what = `${options.word} ${object.key}`;
    const found = options.define(object, labels);
    if (typeof found === 'string') left.push({ what, reason: found });
    else if (found !== undefined) items.push(itemOf(options, object.key, found));
  }
  return { items, left, mind: [] };
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
