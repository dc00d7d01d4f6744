import type { Rule } from '../rule.ts';

export const secretRules: readonly Rule[] = [];
