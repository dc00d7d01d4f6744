import type { FleetJob } from '../../kinds/kind.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { numberOf, objectOf, objectsOf, textOf, textsOf } from '../../model/json-values.ts';
import type { Rule } from '../rule.ts';
import { jobCodes } from './job-codes.ts';
import { groupsOf, type JobGroup, type JobTask } from './job-parts.ts';

/** Blocks of older versions of Nomad, each with the present form. */
export const outdatedForms: Rule = (fleet) =>
  fleet
    .jobs()
    .flatMap((fleetJob) => [
      ...singleCron(fleetJob),
      ...groupsOf(fleetJob).flatMap((group) => [
        ...networkWords(group),
        ...disconnectWords(group),
        ...group.tasks.flatMap((task) => [
          ...vaultPolicies(task),
          ...taskNetwork(task),
          ...taskDisk(task),
          ...logsEnabled(task),
        ]),
      ]),
    ]);

function singleCron({ job, locate }: FleetJob): readonly Diagnostic[] {
  const cron = textOf(objectOf(job['Periodic'])['Spec']);
  if (cron === '') return [];
  const span = locate({ block: 'periodic', attribute: 'cron' });
  const hint = `write crons = ["${cron}"]`;
  return [findingOf(jobCodes.oldForm, { span, message: 'the schedule is said by cron', hint })];
}

function vaultPolicies({ task, name, locate }: JobTask): readonly Diagnostic[] {
  const policies = textsOf(objectOf(task['Vault'])['Policies']);
  if (policies.length === 0) return [];
  const message = `${name} names its policies of Vault (${policies.join(', ')}), which Nomad no longer asks for`;
  const hint = 'write vault { role = "…" }: a VaultRole gives the job its policies, by its workload identity';
  const span = locate({ block: 'vault', attribute: 'policies' });
  return [findingOf(jobCodes.removedForm, { span, message, hint })];
}

function taskNetwork({ task, name, locate }: JobTask): readonly Diagnostic[] {
  if (objectsOf(objectOf(task['Resources'])['Networks']).length === 0) return [];
  const message = `the ports of ${name} are among its resources`;
  const hint = 'write the network block in the group, and take mbits out';
  return [
    findingOf(jobCodes.oldForm, {
      span: locate({ block: 'resources', attribute: 'network' }),
      message,
      hint,
    }),
  ];
}

const disconnect = [
  { field: 'MaxClientDisconnect', word: 'max_client_disconnect', hint: 'lost_after = "…"' },
  {
    field: 'StopAfterClientDisconnect',
    word: 'stop_after_client_disconnect',
    hint: 'stop_on_client_after = "…"',
  },
  { field: 'PreventRescheduleOnLost', word: 'prevent_reschedule_on_lost', hint: 'replace = false' },
] as const;

function disconnectWords({ group, name, locate }: JobGroup): readonly Diagnostic[] {
  return disconnect
    .filter(({ field }) => ![undefined, null, 0, false].some((none) => group[field] === none))
    .map(({ word, hint }) =>
      findingOf(jobCodes.removedForm, {
        span: locate({ attribute: word }),
        message: `${name} says ${word}, which Nomad no longer asks for`,
        hint: `write disconnect { ${hint} }`,
      }),
    );
}

function logsEnabled({ task, name, locate }: JobTask): readonly Diagnostic[] {
  if (objectOf(task['LogConfig'])['Enabled'] !== false) return [];
  const span = locate({ block: 'logs', attribute: 'enabled' });
  const message = `${name} says enabled = false for its logs, which Nomad no longer asks for`;
  return [findingOf(jobCodes.removedForm, { span, message, hint: 'write logs { disabled = true }' })];
}

function taskDisk({ task, name, locate }: JobTask): readonly Diagnostic[] {
  const resources = objectOf(task['Resources']);
  return [
    { field: 'DiskMB', word: 'disk', hint: 'say how much in ephemeral_disk of the group' },
    { field: 'IOPS', word: 'iops', hint: 'take it out' },
  ]
    .filter(({ field }) => numberOf(resources[field], 0) > 0)
    .map(({ word, hint }) =>
      findingOf(jobCodes.oldForm, {
        span: locate({ block: 'resources', attribute: word }),
        message: `${name} asks for ${word} among its resources, which nobody keeps for it`,
        hint,
      }),
    );
}

function networkWords({ group, name, locate }: JobGroup): readonly Diagnostic[] {
  const networks = objectsOf(group['Networks']);
  return [
    { word: 'mbits', isSaid: networks.some((network) => numberOf(network['MBits'], 0) > 0) },
    { word: 'device', isSaid: networks.some((network) => textOf(network['Device']) !== '') },
  ]
    .filter(({ isSaid }) => isSaid)
    .map(({ word }) => {
      const message = `${name} asks for ${word}, which nobody keeps for it`;
      const span = locate({ block: 'network', label: 0, attribute: word });
      return findingOf(jobCodes.oldForm, { span, message, hint: `take ${word} out` });
    });
}
