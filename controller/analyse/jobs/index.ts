import type { Rule } from '../rule.ts';
import { batchLimits } from './batch-limits.ts';
import { revertUnseen } from './revert-unseen.ts';
import { stuckCanaries } from './stuck-canaries.ts';
import { undeclaredNamespace } from './undeclared-namespace.ts';
import { undeclaredNodePool } from './undeclared-node-pool.ts';
import { updateTimes } from './update-times.ts';
import { updateToZero } from './update-to-zero.ts';
import { withoutMeaning } from './without-meaning.ts';

export const jobRules: readonly Rule[] = [
  undeclaredNamespace,
  undeclaredNodePool,
  stuckCanaries,
  updateToZero,
  updateTimes,
  revertUnseen,
  batchLimits,
  withoutMeaning,
];
