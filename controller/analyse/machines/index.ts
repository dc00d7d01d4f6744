import type { Rule } from '../rule.ts';

export const machineRules: readonly Rule[] = [];
