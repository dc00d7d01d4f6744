import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { numberOf } from '../../model/json-values.ts';
import { eachPlaceOnce } from '../each-place-once.ts';
import type { Rule } from '../rule.ts';
import { jobCodes } from './job-codes.ts';
import { allGroups, type JobGroup, updatePlace } from './job-parts.ts';

const seconds = (nanoseconds: number) => `${nanoseconds / 1_000_000_000}s`;

/** Pairs of an update block's times, the shorter first, with Nomad's defaults in nanoseconds. */
const pairs = [
  {
    shorter: { field: 'MinHealthyTime', word: 'min_healthy_time', fallback: 10e9 },
    longer: { field: 'HealthyDeadline', word: 'healthy_deadline', fallback: 300e9 },
  },
  {
    shorter: { field: 'HealthyDeadline', word: 'healthy_deadline', fallback: 300e9 },
    longer: { field: 'ProgressDeadline', word: 'progress_deadline', fallback: 600e9 },
  },
] as const;

/** The times of an update block fit into each other: Nomad refuses the job otherwise. */
export const updateTimes: Rule = (fleet) =>
  eachPlaceOnce(allGroups(fleet).flatMap((group) => checkGroup(group)));

function checkGroup(group: JobGroup): readonly Diagnostic[] {
  return pairs.flatMap(({ shorter, longer }) => {
    const small = numberOf(group.update[shorter.field], shorter.fallback);
    const large = numberOf(group.update[longer.field], longer.fallback);
    const isWritten = [shorter, longer].some(({ field }) => group.update[field] !== undefined);
    if (!isWritten || large === 0 || small < large) return [];
    const place = group.update[shorter.field] === undefined ? longer : shorter;
    const message = `${shorter.word} ${seconds(small)} is not below ${longer.word} ${seconds(large)}`;
    return [findingOf(jobCodes.updateTimes, { span: updatePlace(group, place.field, place.word), message })];
  });
}
