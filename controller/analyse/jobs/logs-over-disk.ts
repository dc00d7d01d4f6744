import { findingOf } from '../../model/diagnostic-code.ts';
import { numberOf, objectOf } from '../../model/json-values.ts';
import type { Rule } from '../rule.ts';
import { jobCodes } from './job-codes.ts';
import { allGroups } from './job-parts.ts';

const defaultDiskMiB = 300;

/** The logs of one task leave something of the group’s disk; Nomad counts those that are switched off as well. */
export const logsOverDisk: Rule = (fleet) =>
  allGroups(fleet).flatMap(({ group, tasks }) => {
    const diskMiB = numberOf(objectOf(group['EphemeralDisk'])['SizeMB'], defaultDiskMiB);
    return tasks.flatMap(({ task, name, locate }) => {
      const logs = objectOf(task['LogConfig']);
      const logsMiB = numberOf(logs['MaxFiles'], 10) * numberOf(logs['MaxFileSizeMB'], 10);
      if (logsMiB < diskMiB) return [];
      const message = `the logs of ${name} may take ${logsMiB} MiB, and its group has a disk of ${diskMiB}`;
      return [findingOf(jobCodes.logsOverDisk, { span: locate({ block: 'logs' }), message })];
    });
  });
