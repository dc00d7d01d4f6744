import type { AdoptWorld } from './adopt-world.ts';
import type { Taken } from './adopted-item.ts';

/** How one kind of live object becomes definitions. A new one is a file in targets/ and a line in its index. */
export interface AdoptTarget {
  /** For people, in the plural: `Nomad jobs`. */
  readonly title: string;
  /** What a token needs, told when the system refuses. */
  readonly needs: string;
  /** Whether the command line has it looked at. */
  isAsked(world: AdoptWorld): boolean;
  /** Reads only. @throws DeniedError, UnavailableError, RejectedError. */
  take(world: AdoptWorld, signal: AbortSignal): Promise<Taken>;
}
