import { type Diagnostic, placeKey } from '../model/diagnostic.ts';

/** So many findings of one code at one place are shown one by one. */
const shown = 3;

/** A template may stand for a thousand servers: what its one line does to all of them is told once, with how many more there are. */
export function foldCrowds(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const byPlace = Map.groupBy(diagnostics, placeKey);
  return [...byPlace.values()].flatMap((same) => {
    const distinct = [...new Map(same.map((finding) => [finding.message, finding])).values()];
    const [first] = distinct;
    if (first === undefined || distinct.length <= shown) return distinct;
    return [{ ...first, message: `${first.message}; the same for ${distinct.length - 1} more here` }];
  });
}
