import type { JsonObject } from '../../model/json.ts';
import { durationMs, quantityOr } from '../quantity.ts';
import type { ApplicationSpec } from './schema.ts';

const nanosecondsPerMs = 1_000_000;
const defaultProgressMs = 600_000;

export function nanoseconds(written: string | undefined, fallbackMs: number): number {
  return quantityOr(durationMs, written, fallbackMs) * nanosecondsPerMs;
}

/** The update block: always there for services, so that a version that fails goes back by itself. */
export function updateFields(spec: ApplicationSpec): JsonObject {
  const type = spec.type ?? 'Service';
  const isUpdated = type === 'Service' || (type === 'System' && spec.update !== undefined);
  if (!isUpdated) return {};
  const { maxParallel, canaries, autoPromote, minHealthy, deadline, autoRevert } = spec.update ?? {};
  const deadlineMs = quantityOr(durationMs, deadline, 300_000);
  return {
    Update: {
      MaxParallel: maxParallel ?? 1,
      Canary: canaries ?? 0,
      AutoPromote: autoPromote ?? false,
      AutoRevert: autoRevert ?? true,
      MinHealthyTime: nanoseconds(minHealthy, 10_000),
      HealthyDeadline: deadlineMs * nanosecondsPerMs,
      // Nomad wants it longer than the deadline of one instance.
      ProgressDeadline: Math.max(defaultProgressMs, 2 * deadlineMs) * nanosecondsPerMs,
    },
  };
}
