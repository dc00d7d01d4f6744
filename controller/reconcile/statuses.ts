import type { Check, CheckState } from '../ports/checks.ts';

/** Names and words of the commit statuses, one place. */
export const contexts = {
  validate: 'drover/validate',
  analyse: 'drover/analyse',
  preview: (environment: string) => `drover/preview: ${environment}`,
  plan: (environment: string) => `drover/plan: ${environment}`,
  policy: (environment: string) => `drover/policy: ${environment}`,
  gate: (environment: string) => `drover/gate: ${environment}`,
  apply: (environment: string) => `drover/apply: ${environment}`,
  converge: (environment: string) => `drover/converge: ${environment}`,
} as const;

export function check(context: string, state: CheckState, description: string): Check {
  return { context, state, description };
}

/** `1 job`, `3 jobs`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
