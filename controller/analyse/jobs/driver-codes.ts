import type { CodeEntry } from '../../model/diagnostic-code.ts';

/** What clients run tasks by. */
export const driverCodes = {
  misspelt: {
    code: 'DRV0950',
    severity: 'error',
    title: 'Driver that does not exist',
    why: 'No client ever has a driver of that name, so Nomad places the task nowhere.',
    fix: 'write docker, exec, raw_exec, java or qemu, or name a plugin of the clients',
  },
  notSaid: {
    code: 'DRV0951',
    severity: 'warning',
    title: 'Driver that no client is said to have',
    why: 'Nomad brings docker, exec, java and qemu along; raw_exec must be switched on, and others come with a plugin.',
    fix: 'declare it under plugins of the NomadCluster',
  },
  beyondPlugin: {
    code: 'DRV0952',
    severity: 'error',
    title: 'Container that asks for more than its plugin gives',
    why: 'The driver refuses each start of a task with a right that the configuration of its plugin does not allow.',
    fix: 'take it out, or allow it under plugins of the NomadCluster',
  },
  unknownOption: {
    code: 'DRV0953',
    severity: 'warning',
    title: 'Option that the driver does not know',
    why: 'Nomad takes the job as it is, and the driver then refuses each start of the task.',
    fix: 'correct the option, or take it out',
  },
} as const satisfies Record<string, CodeEntry>;
