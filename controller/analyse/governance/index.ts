import type { Rule } from '../rule.ts';
import { policies } from './policies.ts';

export const governanceRules: readonly Rule[] = [policies];
