import type { FleetJob } from '../../kinds/kind.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { numberOf, objectOf, objectsOf, textOf } from '../../model/json-values.ts';
import { didYouMean } from '../../model/nearest.ts';
import { eachPlaceOnce } from '../each-place-once.ts';
import type { Rule } from '../rule.ts';
import { driverCodes } from './driver-codes.ts';
import { groupsOf, type JobGroup, type JobTask, typeOf } from './job-parts.ts';

export const jobTypes: readonly string[] = ['service', 'batch', 'system', 'sysbatch'];
const networks: readonly string[] = ['host', 'bridge', 'none'];
const leastMemoryMiB = 10;

/** Words and numbers of a job that Nomad refuses whatever the fleet is. */
export const jobForm: Rule = (fleet) =>
  eachPlaceOnce(
    fleet
      .jobs()
      .flatMap((fleetJob) => [
        ...checkType(fleetJob),
        ...groupsOf(fleetJob).flatMap((group) => [
          ...checkNetwork(group),
          ...group.tasks.flatMap((task) => checkResources(task)),
        ]),
      ]),
  );

function checkType(fleetJob: FleetJob): readonly Diagnostic[] {
  const type = typeOf(fleetJob);
  if (jobTypes.includes(type)) return [];
  const span = fleetJob.locate({ attribute: 'type' });
  const message = `Nomad has no jobs of the type ${type}`;
  return [findingOf(driverCodes.jobType, { span, message, hint: didYouMean(type, jobTypes) })];
}

function checkNetwork({ group, name, locate }: JobGroup): readonly Diagnostic[] {
  const mode = textOf(objectsOf(group['Networks'])[0]?.['Mode'], 'host');
  if (networks.includes(mode) || mode.startsWith('cni/') || mode.includes('${')) return [];
  const span = locate({ block: 'network', attribute: 'mode' });
  const message = `there is no network ${mode}, which the group ${name} asks for`;
  return [findingOf(driverCodes.networkMode, { span, message, hint: didYouMean(mode, networks) })];
}

function checkResources({ task, name, locate }: JobTask): readonly Diagnostic[] {
  const resources = objectOf(task['Resources']);
  const tell = (attribute: string, message: string) => [
    findingOf(driverCodes.resources, { span: locate({ block: 'resources', attribute }), message }),
  ];
  if (numberOf(resources['Cores'], 0) > 0 && numberOf(resources['CPU'], 0) > 0) {
    return tell('cores', `the task ${name} asks for cores and for cpu`);
  }
  const memory = numberOf(resources['MemoryMB'], leastMemoryMiB);
  return memory >= leastMemoryMiB ? [] : tell('memory', `the task ${name} asks for ${memory} MiB of memory`);
}
