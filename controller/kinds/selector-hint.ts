import { didYouMean } from '../model/nearest.ts';
import type { Selector } from './fields.ts';

type Labels = Readonly<Record<string, string>>;

/** What a selector that matches nothing was probably meant to say; none where that is not plain. */
export function selectorHint(
  { matchLabels = {} }: Selector,
  labelled: readonly Labels[],
): string | undefined {
  for (const [key, value] of Object.entries(matchLabels)) {
    const values = [...new Set(labelled.flatMap((labels) => labels[key] ?? []))].toSorted();
    if (values.length === 0)
      return didYouMean(key, new Set(labelled.flatMap((labels) => Object.keys(labels))));
    if (!values.includes(value)) {
      return didYouMean(value, values) ?? `servers have ${key}: ${values.slice(0, 5).join(', ')}`;
    }
  }
  return undefined;
}
