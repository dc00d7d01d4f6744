import type { Rule } from '../rule.ts';
import { canaryRoom } from './canary-room.ts';
import { constraintForm } from './constraint-form.ts';
import { losses } from './losses.ts';
import { memoryMax } from './memory-max.ts';
import { noFit } from './no-fit.ts';
import { outOfService } from './out-of-service.ts';
import { systemSkips } from './system-skips.ts';
import { together } from './together.ts';
import { tooMany } from './too-many.ts';

export const placementRules: readonly Rule[] = [
  constraintForm,
  noFit,
  tooMany,
  canaryRoom,
  outOfService,
  systemSkips,
  memoryMax,
  together,
  losses,
];
