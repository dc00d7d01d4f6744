import type { CodeEntry } from '../model/diagnostic-code.ts';

/** Findings across the definitions of one environment. */
export const analyseCodes = {
  referenceMissing: {
    code: 'DRV0501',
    severity: 'error',
    title: 'Mention of something that does not exist',
    why: 'The field names another definition, and no layer of this environment declares it.',
    fix: 'declare it, or correct the name',
  },
  referenceKind: {
    code: 'DRV0502',
    severity: 'error',
    title: 'Mention of another kind',
    why: 'The name exists, but what it names is not what the field takes.',
    fix: 'name a definition of the kind that the field takes',
  },
  targetTwice: {
    code: 'DRV0503',
    severity: 'error',
    title: 'Two definitions of one target',
    why: 'Both would be written to the same place, and the last would win.',
    fix: 'give one of them another target, or remove it',
  },
  notJoined: {
    code: 'DRV0504',
    severity: 'warning',
    title: 'Server that has not joined',
    why: 'Without a ServerKey nothing can be sealed for it; it is passed over until its key is there.',
    fix: 'on the server, `drover keys server NAME --out /etc/drover` makes its key: commit the ServerKey that it prints',
  },
  addressTwice: {
    code: 'DRV0506',
    severity: 'error',
    title: 'Two servers with one address',
    why: 'Metrics and templates would reach only one of them.',
    fix: 'correct one of the addresses',
  },
  dependencyCycle: {
    code: 'DRV0507',
    severity: 'error',
    title: 'Jobs that wait for each other',
    why: 'A job begins when those in its `dependsOn` are healthy, so none of these would ever begin.',
    fix: 'take one of them out of `dependsOn`',
  },
  missingDollar: {
    code: 'DRV0508',
    severity: 'warning',
    title: 'Expression without its dollar',
    why: 'Expressions are written `${{ }}`; braces alone are left to the program that reads the text.',
    fix: 'write ${{ }}',
  },
} as const satisfies Record<string, CodeEntry>;
