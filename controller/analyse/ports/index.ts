import type { Rule } from '../rule.ts';

export const portRules: readonly Rule[] = [];
