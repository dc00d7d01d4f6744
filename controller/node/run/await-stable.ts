import type { Clock } from '../../ports/clock.ts';
import type { UnitManager } from '../units/manager.ts';
import { ApplyFailure } from './apply-failure.ts';

const pollMs = 100;
/** A unit that ends within this time of its start is not running, whatever its manager says. */
const settleMs = 1000;

/**
 * Waits until the unit has run as one and the same instance for a second.
 * @throws ApplyFailure when it has not within `timeoutMs`; a unit that keeps ending and starting never has.
 */
export async function awaitStable(
  name: string,
  { manager, clock }: { manager: UnitManager; clock: Clock },
  { timeoutMs }: { timeoutMs: number },
  signal: AbortSignal,
): Promise<void> {
  const begin = clock.monotonic();
  const deadline = begin + Math.max(timeoutMs, settleMs);
  const restartsBefore = (await manager.status(name, signal)).restarts;
  let instance = '';
  let since = begin;
  for (;;) {
    const status = await manager.status(name, signal);
    const now = clock.monotonic();
    if (!status.isActive || status.instance !== instance) since = now;
    instance = status.instance;
    if (status.isActive && now - since >= settleMs) return;
    if (now > deadline + settleMs) {
      const again = status.restarts - restartsBefore;
      throw new ApplyFailure(
        `${name} does not stay up: ${status.detail}${again > 0 ? `, started again ${again} times` : ''}`,
      );
    }
    await clock.sleep(pollMs, signal);
  }
}
