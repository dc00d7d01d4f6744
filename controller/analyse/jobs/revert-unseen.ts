import { findingOf } from '../../model/diagnostic-code.ts';
import { textOf } from '../../model/json-values.ts';
import type { Rule } from '../rule.ts';
import { checksOf } from './group-services.ts';
import { jobCodes } from './job-codes.ts';
import { allGroups, updatePlace } from './job-parts.ts';

/** Whether a version is well must be seen by something: where checks judge, there are checks. */
export const revertUnseen: Rule = (fleet) =>
  allGroups(fleet).flatMap((group) => {
    const { update, name } = group;
    if (textOf(update['HealthCheck']) !== 'checks' || checksOf(group).length > 0) return [];
    const message = `${name} is healthy when its checks are, and it has none: no update of it ever ends`;
    return [
      findingOf(jobCodes.revertUnseen, { span: updatePlace(group, 'HealthCheck', 'health_check'), message }),
    ];
  });
