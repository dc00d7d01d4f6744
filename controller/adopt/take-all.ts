import { DeniedError, RejectedError } from '../model/errors.ts';
import type { AdoptTarget } from './adopt-target.ts';
import type { AdoptWorld } from './adopt-world.ts';
import { nothingTaken, type Taken } from './adopted-item.ts';

/**
 * Everything that the targets find, in their order. What a token may not see is left behind with the right that it lacks.
 * @throws UnavailableError when a system does not answer: half a cluster is none.
 */
export async function takeAll(
  targets: readonly AdoptTarget[],
  world: AdoptWorld,
  signal: AbortSignal,
): Promise<Taken> {
  const taken: Taken[] = [];
  for (const target of targets) {
    if (target.isAsked(world)) taken.push(await takeOne(target, world, signal));
  }
  const keeperByUnit = new Map(
    taken.flatMap(({ keeps = [] }) => keeps).map(({ unit, by }) => [unit, by] as const),
  );
  const items = taken.flatMap((one) => one.items);
  const kept = items.filter(({ unit }) => keeperByUnit.has(unit));
  return {
    items: items.filter(({ unit }) => !keeperByUnit.has(unit)),
    left: [
      ...taken.flatMap(({ left }) => left),
      ...kept.map(({ what, unit }) => ({
        what,
        reason: `${keeperByUnit.get(unit)} writes it by itself`,
        unit,
      })),
    ],
    mind: taken.flatMap(({ mind }) => mind),
  };
}

async function takeOne(target: AdoptTarget, world: AdoptWorld, signal: AbortSignal): Promise<Taken> {
  try {
    return await target.take(world, signal);
  } catch (error) {
    if (error instanceof DeniedError) {
      const reason = `${error.message}; the token needs ${target.needs}`;
      return { ...nothingTaken, left: [{ what: `all ${target.title}`, reason }] };
    }
    if (!(error instanceof RejectedError)) throw error;
    return { ...nothingTaken, left: [{ what: `all ${target.title}`, reason: error.message }] };
  }
}
