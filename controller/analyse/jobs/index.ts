import type { Rule } from '../rule.ts';
import { artifactChecksum } from './artifact-checksum.ts';
import { batchLimits } from './batch-limits.ts';
import { constraintValues } from './constraint-values.ts';
import { containerRights } from './container-rights.ts';
import { driverConfig } from './driver-config.ts';
import { driverOptions } from './driver-options.ts';
import { groupCount } from './group-count.ts';
import { imageName } from './image-name.ts';
import { jobForm } from './job-form.ts';
import { killTimeout } from './kill-timeout.ts';
import { knownDriver } from './known-driver.ts';
import { launchType } from './launch-type.ts';
import { logsOverDisk } from './logs-over-disk.ts';
import { mainTask } from './main-task.ts';
import { moreCanaries } from './more-canaries.ts';
import { outdatedForms } from './outdated-forms.ts';
import { portLabels } from './port-labels.ts';
import { priorityRange } from './priority-range.ts';
import { restartTimes } from './restart-times.ts';
import { revertUnseen } from './revert-unseen.ts';
import { scheduleRuns } from './schedule-runs.ts';
import { stuckCanaries } from './stuck-canaries.ts';
import { templateChange } from './template-change.ts';
import { templatePlace } from './template-place.ts';
import { templateText } from './template-text.ts';
import { undeclaredDatacenter } from './undeclared-datacenter.ts';
import { undeclaredNamespace } from './undeclared-namespace.ts';
import { undeclaredNodePool } from './undeclared-node-pool.ts';
import { uniqueNames } from './unique-names.ts';
import { updateTimes } from './update-times.ts';
import { updateToZero } from './update-to-zero.ts';
import { withoutMeaning } from './without-meaning.ts';

export const jobRules: readonly Rule[] = [
  undeclaredNamespace,
  undeclaredNodePool,
  stuckCanaries,
  updateToZero,
  updateTimes,
  revertUnseen,
  batchLimits,
  withoutMeaning,
  templateText,
  templatePlace,
  templateChange,
  uniqueNames,
  driverConfig,
  knownDriver,
  imageName,
  jobForm,
  portLabels,
  driverOptions,
  containerRights,
  moreCanaries,
  artifactChecksum,
  outdatedForms,
  logsOverDisk,
  launchType,
  scheduleRuns,
  priorityRange,
  mainTask,
  groupCount,
  undeclaredDatacenter,
  restartTimes,
  killTimeout,
  constraintValues,
];
