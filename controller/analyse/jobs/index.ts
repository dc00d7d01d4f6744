import type { Rule } from '../rule.ts';
import { undeclaredNamespace } from './undeclared-namespace.ts';
import { undeclaredNodePool } from './undeclared-node-pool.ts';

export const jobRules: readonly Rule[] = [undeclaredNamespace, undeclaredNodePool];
