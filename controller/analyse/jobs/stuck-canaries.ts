import { findingOf } from '../../model/diagnostic-code.ts';
import { numberOf } from '../../model/json-values.ts';
import { eachPlaceOnce } from '../each-place-once.ts';
import type { Rule } from '../rule.ts';
import { jobCodes } from './job-codes.ts';
import { allGroups, updatePlace } from './job-parts.ts';

/** Canaries are promoted by Nomad: else they wait for a person for ever, as its deadlines end only what is not healthy. */
export const stuckCanaries: Rule = (fleet) =>
  eachPlaceOnce(
    allGroups(fleet).flatMap((group) => {
      const { update, name } = group;
      const canaries = numberOf(update['Canary'], 0);
      if (canaries === 0 || update['AutoPromote'] === true) return [];
      const message =
        canaries === 1
          ? `the canary of ${name} waits until somebody promotes it`
          : `the ${canaries} canaries of ${name} wait until somebody promotes them`;
      return [findingOf(jobCodes.stuckCanaries, { span: updatePlace(group, 'Canary', 'canary'), message })];
    }),
  );
