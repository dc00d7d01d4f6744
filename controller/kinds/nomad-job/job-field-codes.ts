import type { CodeEntry } from '../../model/diagnostic-code.ts';

/** Fields of jobs in the form of Nomad’s API. */
export const jobFieldCodes = {
  unknown: {
    code: 'DRV0695',
    severity: 'warning',
    title: 'Field that Nomad’s jobs do not have',
    why: 'Nomad passes over it without a word, so what was meant does not happen.',
    fix: 'take it out, or write the name that Nomad’s API has for it',
  },
  form: {
    code: 'DRV0696',
    severity: 'error',
    title: 'Field of a job in the wrong form',
    why: 'Nomad can’t read the job, and refuses all of it.',
    fix: 'write it as Nomad’s API has it',
  },
} as const satisfies Record<string, CodeEntry>;
