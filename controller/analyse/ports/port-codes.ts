import type { CodeEntry } from '../../model/diagnostic-code.ts';

export const portCodes = {
  twiceInGroup: {
    code: 'DRV0570',
    severity: 'error',
    title: 'One static port twice in a group',
    why: 'The tasks of a group run on one client, where a port can be had once: Nomad refuses the job.',
    fix: 'give one of them another port, or use one label for both',
  },
  clash: {
    code: 'DRV0571',
    severity: 'error',
    title: 'More allocations with one static port than clients',
    why: 'A client gives a static port away once, so jobs that want the same one need a client each.',
    fix: 'change the port of one of the jobs, let Nomad choose it, or declare more servers for them',
  },
  machineEverywhere: {
    code: 'DRV0572',
    severity: 'error',
    title: 'Static port that the servers themselves use',
    why: 'Something outside Nomad listens there on every client that the job may land on, and Nomad does not know it.',
    fix: 'choose another port',
  },
  machineSomewhere: {
    code: 'DRV0573',
    severity: 'warning',
    title: 'Static port that some servers themselves use',
    why: 'Something outside Nomad listens there on some of the clients that the job may land on, and Nomad does not know it.',
    fix: 'choose another port, leave those servers out by a constraint, or reserve the port in their Nomad client',
  },
  dynamicRange: {
    code: 'DRV0574',
    severity: 'warning',
    title: 'Static port among the dynamic ones',
    why: 'Nomad may have given that port to another allocation when this one is to start.',
    fix: 'choose a port outside the range of dynamic ports',
  },
  range: {
    code: 'DRV0575',
    severity: 'error',
    title: 'Port that is none',
    why: 'Ports are whole numbers from 1 to 65535.',
    fix: 'write a port from 1 to 65535',
  },
  labelTwice: {
    code: 'DRV0576',
    severity: 'error',
    title: 'One port label twice in a group',
    why: 'Services and checks find a port by its label, so Nomad refuses a second one.',
    fix: 'rename one of them',
  },
  sameTarget: {
    code: 'DRV0577',
    severity: 'warning',
    title: 'Two ports that lead to the same one',
    why: 'Inside the group’s own network both end at one listener; most often one of them was meant for another.',
    fix: 'correct one of them, or take it out',
  },
  secondNetwork: {
    code: 'DRV0578',
    severity: 'warning',
    title: 'Second network block of a group',
    why: 'Nomad takes the first one and drops the others without a word.',
    fix: 'put all ports into one network block',
  },
} as const satisfies Record<string, CodeEntry>;
