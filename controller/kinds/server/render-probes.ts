import type { ProbeDefinition } from '../../kinds/machine-config/probe-schema.ts';
import type { ProbeSpec } from '../../model/payload.ts';
import { finding } from '../finding.ts';
import { kindCodes } from '../kind-codes.ts';
import { durationMs, type Quantity, quantityOr, sizeBytes } from '../quantity.ts';
import { type MachineConfig, mergeMaps } from './machine-configs.ts';
import type { ServerScribe } from './server-scribe.ts';

/** Preconditions are tried once within 10 s, checks four times with 30 s each, unless the definition says otherwise. */
const defaults = {
  preconditions: { timeoutMs: 10_000, retries: 0 },
  checks: { timeoutMs: 30_000, retries: 3 },
} as const;

export function renderProbes(
  configs: readonly MachineConfig[],
  scribe: ServerScribe,
  field: 'preconditions' | 'checks',
): readonly ProbeSpec[] {
  return mergeMaps<ProbeDefinition>(configs, (spec) => spec[field]).map(({ name, value, config }) => {
    const written = scribe.expandDeep(value, config, ['spec', field, name]);
    const { timeout, retries, freeDisk, ...probe } = written;
    const at = ['spec', field, name];
    if (timeout !== value.timeout) report(durationMs(timeout), { at: [...at, 'timeout'], config, scribe });
    if (freeDisk?.size !== value.freeDisk?.size) {
      report(sizeBytes(freeDisk?.size), { at: [...at, 'freeDisk', 'size'], config, scribe });
    }
    return {
      name,
      ...probe,
      ...(freeDisk === undefined
        ? {}
        : { freeDisk: { path: freeDisk.path, sizeBytes: quantityOr(sizeBytes, freeDisk.size, 0) } }),
      timeoutMs: quantityOr(durationMs, timeout, defaults[field].timeoutMs),
      retries: retries ?? defaults[field].retries,
    };
  });
}

/** What an expression became; a quantity written out was checked with its configuration. */
function report(
  quantity: Quantity,
  place: { at: readonly string[]; config: MachineConfig; scribe: ServerScribe },
): void {
  const { at, config, scribe } = place;
  if (quantity.ok) return;
  const { message, hint } = quantity;
  scribe.report(finding(config, at, { entry: kindCodes.quantity, message, hint }));
}
