import type { MachineConfig } from '../../kinds/server/machine-configs.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { exactlyOne } from '../exactly-one.ts';

const tests = {
  preconditions: ['exec', 'file', 'freeDisk', 'http'],
  checks: ['exec', 'http', 'tcp', 'unit'],
} as const;

export function checkProbes(resource: MachineConfig): readonly Diagnostic[] {
  return (['preconditions', 'checks'] as const).flatMap((field) =>
    Object.entries(resource.spec[field] ?? {}).flatMap(([name, probe]) =>
      exactlyOne(resource, ['spec', field, name], probe, tests[field]),
    ),
  );
}
