import type { Danger } from '../../model/plan.ts';
import type { DangerInput } from '../unit-change.ts';
import { cutsOff } from './cuts-off.ts';
import { deletes } from './deletes.ts';
import { protectedUnits } from './protected-units.ts';
import { quorumRestarts } from './quorum-restarts.ts';
import { replaces } from './replaces.ts';
import { rulesBroken } from './rules-broken.ts';
import { rulesLoosened } from './rules-loosened.ts';
import { runsOnce } from './runs-once.ts';
import { stateful } from './stateful.ts';
import { takesParts } from './takes-away.ts';

/** One function a danger, in the order in which they are shown. */
const dangerRules: readonly ((input: DangerInput) => readonly Danger[])[] = [
  rulesBroken,
  rulesLoosened,
  protectedUnits,
  stateful,
  deletes,
  replaces,
  takesParts,
  quorumRestarts,
  cutsOff,
  runsOnce,
];

export function findDangers(input: DangerInput): readonly Danger[] {
  return dangerRules.flatMap((rule) => rule(input));
}
