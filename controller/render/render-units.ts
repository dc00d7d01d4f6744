import { kinds } from '../kinds/index.ts';
import type { Fleet, KindName } from '../kinds/kind.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Unit } from '../model/tree.ts';
import { checkPaths } from './check-paths.ts';
import { distinctFindings } from './distinct-findings.ts';

/** All that one environment owns, before it is laid out as a tree. */
export interface RenderedUnits {
  /** In the order of their resources. */
  readonly units: readonly Unit[];
  /** Each once, in the order in which they are shown. With errors nothing of it is to be committed. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Every unit of one environment: what its resources are to their systems, wherever the definitions come from. */
export function renderUnits(fleet: Fleet): RenderedUnits {
  const rendered = fleet.resources.map((resource) => {
    const none = { units: [], diagnostics: [] };
    return kinds.get(resource.kind as KindName)?.render?.(resource, fleet) ?? none;
  });
  const units = rendered.flatMap((result) => result.units);
  const found = [...rendered.flatMap((result) => result.diagnostics), ...checkPaths(sortedUnits(units))];
  return { units, diagnostics: distinctFindings(found) };
}

function sortedUnits(units: readonly Unit[]): readonly Unit[] {
  return units.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
