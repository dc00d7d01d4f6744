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
  unknownPort: {
    code: 'DRV0954',
    severity: 'error',
    title: 'Container at a port that is not there',
    why: 'The driver finds the ports of a container by the labels of its group, and refuses to start it with one that the group lacks.',
    fix: 'name a port of the group’s network block',
  },
  portVariable: {
    code: 'DRV0955',
    severity: 'warning',
    title: 'Variable of a port that is not there',
    why: 'Nomad sets such a variable for the ports of the group, and leaves others as they are written.',
    fix: 'name a port of the group’s network block',
  },
  jobType: {
    code: 'DRV0956',
    severity: 'error',
    title: 'Type of job that Nomad does not have',
    why: 'Nomad refuses the job.',
    fix: 'write service, batch, system or sysbatch',
  },
  networkMode: {
    code: 'DRV0957',
    severity: 'error',
    title: 'Network that Nomad does not have',
    why: 'Networks of a group are host, bridge, none, or one of CNI; no client ever starts an allocation in another.',
    fix: 'write host, bridge, none or cni/NAME',
  },
  resources: {
    code: 'DRV0958',
    severity: 'error',
    title: 'Resources that Nomad refuses',
    why: 'A task asks for shares of CPU or for whole cores, not for both, and for 10 MiB of memory at least.',
    fix: 'take one of cpu and cores out, or raise memory to 10',
  },
  optionForm: {
    code: 'DRV0959',
    severity: 'error',
    title: 'Option of a driver in the wrong form',
    why: 'Nomad takes the job as it is, and the driver then refuses each start of the task.',
    fix: 'write it in the form that the driver reads',
  },
  image: {
    code: 'DRV0960',
    severity: 'error',
    title: 'Image that no registry can have',
    why: 'Docker reads it as no image at all, and refuses to pull it.',
    fix: 'write registry/repository:tag@sha256:digest, the repository in lower case',
  },
} as const satisfies Record<string, CodeEntry>;
