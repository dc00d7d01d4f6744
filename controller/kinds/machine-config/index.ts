import { defineKind } from '../define-kind.ts';
import { checkMachineConfig } from './check.ts';
import { type MachineConfigSpec, machineConfigSchema } from './schema.ts';

/** Renders to nothing of its own: each server it selects takes it into its payload. */
export const machineConfig = defineKind<MachineConfigSpec>({
  name: 'MachineConfig',
  namespaced: false,
  schema: machineConfigSchema,
  deferred: [
    'packages',
    'artifacts',
    'users',
    'directories',
    'files',
    'units',
    'sysctls',
    'mounts',
    'preconditions',
    'checks',
  ],
  targets: () => [],
  check: checkMachineConfig,
});
