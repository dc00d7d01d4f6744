import { findingOf } from '../../model/diagnostic-code.ts';
import type { Rule } from '../rule.ts';
import { jobCodes } from './job-codes.ts';
import { groupsOf } from './job-parts.ts';

/** Groups of a job differ by name, as the tasks of a group do, which their kinds see to. */
export const uniqueNames: Rule = (fleet) =>
  fleet.jobs().flatMap((fleetJob) => {
    const byName = [...Map.groupBy(groupsOf(fleetJob), ({ name }) => name).values()];
    return byName.flatMap(([first, ...others]) => {
      if (others.length === 0 || first === undefined || first.name === '') return [];
      const message = `${others.length + 1} groups of ${fleetJob.id} are named ${first.name}`;
      return [findingOf(jobCodes.nameTwice, { span: first.locate(), message })];
    });
  });
