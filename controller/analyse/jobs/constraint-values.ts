import { patternProblem } from '../../kinds/pattern-problem.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { type Constraint, constraintText } from '../placement/constraint.ts';
import { constraintsOf } from '../placement/constraints-of.ts';
import type { Rule } from '../rule.ts';
import { jobCodes } from './job-codes.ts';
import { groupsOf } from './job-parts.ts';

const longest = 1000;
const sign = /^\s*(?:!=|>=|<=|~>|=|>|<)?\s*/;
const version = /^v?\d+(?:\.\d+)*(?:-?[A-Za-z~][\w~.-]*|-\d[\w~.-]*|-)?(?:\+[\w~.-]+)?\s*$/;

/** What a constraint compares with is a pattern or a list of versions where it says so. */
export const constraintValues: Rule = (fleet) =>
  fleet.jobs().flatMap((fleetJob) => {
    const all = groupsOf(fleetJob).flatMap(({ group }) => constraintsOf(fleetJob.job, group));
    // A job's own constraints hold for each group, and are told once.
    const unique = [...new Map(all.map((one) => [JSON.stringify(one.place), one])).values()];
    return unique.flatMap((constraint) => {
      const problem = problemOf(constraint);
      if (problem === undefined) return [];
      const message = `"${constraintText(constraint)}" can’t be read: ${problem}`;
      return [findingOf(jobCodes.constraintValue, { span: fleetJob.locate(constraint.place), message })];
    });
  });

function problemOf({ operator, right }: Constraint): string | undefined {
  if (right.includes('${') || right.length > longest) return undefined;
  if (operator === 'regexp') return patternProblem(right);
  if (operator !== 'version' && operator !== 'semver') return undefined;
  const wrong = right.split(',').find((part) => !version.test(part.replace(sign, '')));
  return wrong === undefined ? undefined : `"${wrong.trim()}" is no condition on a version`;
}
