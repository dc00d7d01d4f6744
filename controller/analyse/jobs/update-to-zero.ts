import { findingOf } from '../../model/diagnostic-code.ts';
import { numberOf } from '../../model/json-values.ts';
import { eachPlaceOnce } from '../each-place-once.ts';
import type { Rule } from '../rule.ts';
import { jobCodes } from './job-codes.ts';
import { allGroups, typeOf, updatePlace } from './job-parts.ts';

/** An update replaces fewer allocations at once than there are. With canaries the new ones come before the old ones go. */
export const updateToZero: Rule = (fleet) =>
  eachPlaceOnce(
    allGroups(fleet).flatMap((group) => {
      const { update, name } = group;
      const count = numberOf(group.group['Count'], 1);
      const parallel = numberOf(update['MaxParallel'], 1);
      const isTold = typeOf(group.fleetJob) === 'service' && numberOf(update['Canary'], 0) === 0;
      // 0 means no rolling update at all: everything is replaced at once.
      if (!isTold || count < 2 || (parallel < count && parallel > 0)) return [];
      const message = `an update of ${name} replaces all ${count} allocations at once`;
      return [
        findingOf(jobCodes.updateToZero, {
          span: updatePlace(group, 'MaxParallel', 'max_parallel'),
          message,
          hint: `write max_parallel below ${count}, or canaries`,
        }),
      ];
    }),
  );
