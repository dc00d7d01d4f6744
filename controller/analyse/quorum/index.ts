import type { Rule } from '../rule.ts';

export const quorumRules: readonly Rule[] = [];
