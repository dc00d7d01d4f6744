import type { Json, JsonObject } from '../../model/json.ts';
import { isJsonObject } from '../../model/json.ts';
import { each, ifSet, placementRules } from './fill-lists.ts';
import {
  artifactDefaults,
  checkRestartDefaults,
  consulDefaults,
  fill,
  identityDefaults,
  logDefaults,
  mountDefaults,
  scriptDefaults,
  serviceDefaults,
  taskDefaults,
  templateDefaults,
  vaultDefaults,
} from './job-defaults.ts';

export interface GroupContext {
  readonly job: JsonObject;
  readonly group: JsonObject;
  /** The group's restart policy, filled: a task's own is laid over it. */
  readonly restart: JsonObject;
}

export function fillTask(task: JsonObject, context: GroupContext): JsonObject {
  return {
    ...fill(task, taskDefaults),
    Identity: fill(task['Identity'], identityDefaults),
    RestartPolicy: fill(task['RestartPolicy'], context.restart),
    LogConfig: fill(task['LogConfig'], logDefaults),
    Resources: fillResources(task['Resources']),
    ...placementRules(task),
    ...ifSet(task, 'Vault', (value) => fill(value, vaultDefaults)),
    ...ifSet(task, 'Consul', (value) => fill(value, consulDefaults)),
    Templates: each(task['Templates'], fillTemplate),
    Artifacts: each(task['Artifacts'], fillArtifact),
    VolumeMounts: each(task['VolumeMounts'], (mount) => fill(mount, mountDefaults)),
    Services: each(task['Services'], (service) => fillService(service, context, task)),
  };
}

function fillResources(value: Json | undefined): JsonObject {
  const cores = isJsonObject(value) ? value['Cores'] : undefined;
  const byCores = typeof cores === 'number' && cores > 0;
  return fill(value, { CPU: byCores ? 0 : 100, MemoryMB: 300 });
}

function fillTemplate(template: JsonObject): JsonObject {
  const filled = fill(template, templateDefaults);
  const signal = filled['ChangeSignal'];
  return {
    ...filled,
    ChangeSignal: typeof signal === 'string' && signal !== '' ? signal.toUpperCase() : defaultSignal(filled),
    ...ifSet(filled, 'ChangeScript', (value) => fill(value, scriptDefaults)),
  };
}

function defaultSignal(template: JsonObject): string {
  return template['ChangeMode'] === 'signal' ? 'SIGHUP' : '';
}

function fillArtifact(artifact: JsonObject): JsonObject {
  const filled = fill(artifact, artifactDefaults);
  if (filled['GetterMode'] !== 'file' || artifact['RelativeDest'] !== undefined) return filled;
  const source = filled['GetterSource'];
  const name = typeof source === 'string' ? source.split('/').at(-1) : '';
  return { ...filled, RelativeDest: `local/${name}` };
}

export function fillService(service: JsonObject, context: GroupContext, task?: JsonObject): JsonObject {
  const names = [context.job['Name'] ?? context.job['ID'], context.group['Name'], task?.['Name']];
  const name = names.filter((part) => typeof part === 'string').join('-');
  const defaults = { ...serviceDefaults, Name: name, TaskName: task?.['Name'] ?? null };
  // The server writes the job's own namespace into Nomad services, and folds their check_restart into the checks.
  const { Namespace: _namespace, CheckRestart: restart, ...filled } = fill(service, defaults);
  return { ...filled, Checks: each(service['Checks'], (check) => fillCheck(check, filled, restart)) };
}

function fillCheck(check: JsonObject, service: JsonObject, inherited: Json | undefined): JsonObject {
  const filled = fill(check, {
    OnUpdate: service['OnUpdate'] ?? null,
    Name: `service: ${JSON.stringify(service['Name'])} check`,
  });
  const restarts = [inherited, check['CheckRestart']]
    .filter((value) => value !== undefined)
    .filter(isJsonObject);
  if (restarts.length === 0) return filled;
  const merged = restarts.reduce((under, over) => ({ ...under, ...said(over) }), checkRestartDefaults);
  return { ...filled, CheckRestart: merged };
}

// A limit of 0 and `ignore_warnings = false` are what a check that says nothing parses to.
function said(restart: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(restart).filter(([, value]) => value !== null && value !== 0 && value !== false),
  );
}
