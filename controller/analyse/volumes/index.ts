import type { Rule } from '../rule.ts';
import { bindMounts } from './bind-mounts.ts';
import { claimForm } from './claim-form.ts';
import { stickyVolumes } from './sticky-volumes.ts';
import { volumeContract } from './volume-contract.ts';
import { volumeMissing } from './volume-missing.ts';
import { volumeMounts } from './volume-mounts.ts';
import { volumeState } from './volume-state.ts';

export const volumeRules: readonly Rule[] = [
  volumeMissing,
  volumeContract,
  volumeState,
  claimForm,
  volumeMounts,
  stickyVolumes,
  bindMounts,
];
