import type { JsonObject } from '../../model/json.ts';
import { objectOf, textOf } from '../../model/json-values.ts';

/** A volume that a group claims. */
export interface VolumeAsk {
  /** Its name inside the job. */
  readonly label: string;
  readonly source: string;
  readonly type: string;
  readonly readOnly: boolean;
  readonly isSticky: boolean;
  /** Each allocation has a volume of its own, with its index behind the name. */
  readonly isPerAlloc: boolean;
}

/** Sorted by label. */
export function volumesOf(group: JsonObject): readonly VolumeAsk[] {
  return Object.entries(objectOf(group['Volumes']))
    .map(([label, value]) => {
      const written = objectOf(value);
      return {
        label,
        source: textOf(written['Source']),
        type: textOf(written['Type'], 'host'),
        readOnly: written['ReadOnly'] === true,
        isSticky: written['Sticky'] === true,
        isPerAlloc: written['PerAlloc'] === true,
      };
    })
    .toSorted((a, b) => (a.label < b.label ? -1 : 1));
}
