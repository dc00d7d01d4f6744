import { findingOf } from '../../model/diagnostic-code.ts';
import { numberOf } from '../placement/job-values.ts';
import type { Rule } from '../rule.ts';
import { jobCodes } from './job-codes.ts';
import { allGroups, updatePlace } from './job-parts.ts';

/** Canaries are promoted by Nomad, or given up at a deadline: else they wait for a person for ever. */
export const stuckCanaries: Rule = (fleet) =>
  allGroups(fleet).flatMap((group) => {
    const { update, name } = group;
    const canaries = numberOf(update['Canary'], 0);
    // Nomad's own default deadline is ten minutes; 0 takes it away.
    const hasDeadline = numberOf(update['ProgressDeadline'], 1) > 0;
    if (canaries === 0 || update['AutoPromote'] === true || hasDeadline) return [];
    const message = `the ${canaries} canaries of ${name} are never promoted and never given up`;
    return [findingOf(jobCodes.stuckCanaries, { span: updatePlace(group, 'Canary', 'canary'), message })];
  });
