import type { WaveUnit } from './read-units.ts';
import type { TargetContext } from './target.ts';
import type { WavesRequest } from './waves-request.ts';

/** What one step over all waves knows and does besides reading: leave to write, events, what is called back. */
export interface StepContext {
  readonly target: TargetContext;
  readonly dryRun: boolean;
  /** @throws what the request's own check throws, and remembers it: then the whole step ends. */
  readonly mayWrite: () => void;
  readonly lost: () => unknown;
  readonly written: (unit: WaveUnit, what: { before: string; message: string }) => void;
  readonly specFailed: (unit: WaveUnit, message: string) => void;
  readonly ran: (unit: WaveUnit, identity: string) => void;
  /** Its definition is another than at the last converged commit. */
  readonly isChanged: (unit: WaveUnit) => boolean;
  /** A unit that changed names it in `dependsOn`. */
  readonly isAwaited: (unit: WaveUnit) => boolean;
}

export function createStepContext(
  ports: TargetContext['ports'],
  request: WavesRequest,
  units: readonly WaveUnit[],
): StepContext {
  const { converged } = request.history;
  const isChanged = ({ name, entry }: WaveUnit) => converged.get(name)?.sha256 !== entry.sha256;
  const awaited = new Set(units.filter(isChanged).flatMap(({ entry }) => entry.options.dependsOn ?? []));
  let lost: unknown;
  return {
    target: {
      ports,
      history: request.history,
      environment: request.environment,
      lease: request.lease,
      onStopped: request.onStopped ?? 'Respect',
      serversReady: request.serversReady,
    },
    dryRun: request.dryRun,
    mayWrite: () => {
      try {
        request.mayWrite();
      } catch (error) {
        lost ??= error;
        throw error;
      }
    },
    lost: () => lost,
    written: ({ name, entry }, { before, message }) =>
      ports.events.emit({
        kind: 'UnitWritten',
        environment: request.environment,
        key: name,
        revision: request.revision,
        before,
        after: entry.sha256,
        message,
      }),
    specFailed: ({ name, entry }, message) =>
      request.onSpecFailed?.({ unit: name, sha256: entry.sha256, message }),
    ran: ({ name }, identity) => request.onRan?.({ unit: name, identity }),
    isChanged,
    isAwaited: ({ name }) => awaited.has(name),
  };
}
