import type { Rule } from '../rule.ts';

export const governanceRules: readonly Rule[] = [];
