import { SourceError } from '../../model/errors.ts';
import { type FileTree, type Inventory, unitKey } from '../../model/tree.ts';
import type { DesiredUnit, Target } from './target.ts';
import { targets } from './targets/index.ts';

export interface WaveUnit extends DesiredUnit {
  readonly target: Target;
}

export interface Wave {
  readonly number: number;
  /** By rank, then by key. */
  readonly units: readonly WaveUnit[];
}

/**
 * The L2 units of a rendered tree by wave, lowest first.
 * @throws SourceError when the inventory names what the tree lacks: a half-read tree is never applied.
 */
export function readWaves(tree: FileTree, inventory: Inventory): readonly Wave[] {
  const byWave = new Map<number, WaveUnit[]>();
  for (const entry of inventory.entries) {
    if (entry.kind === 'server') continue;
    const bytes = tree.get(entry.path);
    const target = targets.get(entry.kind);
    if (bytes === undefined || target === undefined) {
      throw new SourceError(`the inventory names ${unitKey(entry)}, and the tree lacks ${entry.path}`);
    }
    const units = byWave.get(entry.wave) ?? [];
    byWave.set(entry.wave, [...units, { entry, name: unitKey(entry), bytes, target }]);
  }
  return [...byWave]
    .sort(([a], [b]) => a - b)
    .map(([number, units]) => ({ number, units: units.sort(compareUnits) }));
}

function compareUnits(a: WaveUnit, b: WaveUnit): number {
  return a.target.rank - b.target.rank || (a.name < b.name ? -1 : 1);
}
