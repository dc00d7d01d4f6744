import type { Inventory, InventoryEntry } from '../model/tree.ts';
import { unitKey } from '../model/tree.ts';

/**
 * What is to be removed: units in any inventory from the last converged live commit to the head, minus the head's.
 * From git alone; nothing else ever names what to delete. The newest entry of each unit counts. Source: decision 21.
 */
export function pruneSet(
  formerNewestFirst: readonly Inventory[],
  head: Inventory,
): readonly InventoryEntry[] {
  const kept = new Set(head.entries.map(unitKey));
  const gone = new Map<string, InventoryEntry>();
  for (const inventory of formerNewestFirst) {
    for (const entry of inventory.entries) {
      const key = unitKey(entry);
      if (!kept.has(key) && !gone.has(key)) gone.set(key, entry);
    }
  }
  return [...gone.values()].sort((a, b) => (unitKey(a) < unitKey(b) ? -1 : 1));
}
