import { findingOf } from '../../model/diagnostic-code.ts';
import { numberOf } from '../../model/json-values.ts';
import type { Rule } from '../rule.ts';
import { jobCodes } from './job-codes.ts';
import { allGroups, typeOf, updatePlace } from './job-parts.ts';

/** As many canaries as instances are blue and green; more are a slip. */
export const moreCanaries: Rule = (fleet) =>
  allGroups(fleet).flatMap((group) => {
    const count = numberOf(group.group['Count'], 1);
    const canaries = numberOf(group.update['Canary'], 0);
    if (typeOf(group.fleetJob) !== 'service' || count < 1 || canaries <= count) return [];
    const message = `an update of ${group.name} tries ${canaries} canaries for ${count} in the end`;
    const span = updatePlace(group, 'Canary', 'canary');
    return [findingOf(jobCodes.canariesOverCount, { span, message })];
  });
