import type { Json, JsonObject } from '../../model/json.ts';
import { isJsonObject } from '../../model/json.ts';
import { fillConnect, gatewayPort, isGivenPort } from './fill-connect.ts';
import { each, ifSet } from './fill-lists.ts';
import { checkRestartDefaults, fill, serviceDefaults } from './job-defaults.ts';

export interface GroupContext {
  readonly job: JsonObject;
  readonly group: JsonObject;
  /** The group's restart policy, filled: a task's own is laid over it. */
  readonly restart: JsonObject;
}

export function fillService(service: JsonObject, context: GroupContext, task?: JsonObject): JsonObject {
  const { group } = context;
  const names = namesOf(context, task);
  const name = [names.JOB, names.TASKGROUP, ...(task === undefined ? [] : [names.TASK])].join('-');
  const defaults = { ...serviceDefaults, Name: name, TaskName: task?.['Name'] ?? nativeTask(service, group) };
  // The server writes the job's own namespace into Nomad services, and folds their check_restart into the checks.
  const { Namespace: _namespace, CheckRestart: restart, ...said } = fill(service, defaults);
  const called = withNames(said['Name'], names);
  const port = said['PortLabel'] === '' ? undefined : said['PortLabel'];
  const filled = { ...said, Name: called, PortLabel: port ?? gatewayPort(said, called) };
  return {
    ...filled,
    ...ifSet(filled, 'Identity', withoutOwnNames),
    ...ifSet(filled, 'Weights', fillWeights),
    ...ifSet(filled, 'Connect', (connect) => fillConnect(connect, service, group)),
    Checks: each(service['Checks'], (check) => ({
      ...fillCheck(check, filled, restart),
      ...(task === undefined ? {} : { TaskName: task['Name'] ?? null }),
    })),
  };
}

type Names = Readonly<Record<'JOB' | 'TASKGROUP' | 'TASK', string>>;

function namesOf({ job, group }: GroupContext, task: JsonObject | undefined): Names {
  const text = (value: Json | undefined) => (typeof value === 'string' ? value : '');
  return {
    JOB: text(job['Name'] ?? job['ID']),
    TASKGROUP: text(group['Name']),
    // What the server writes for a service of a whole group.
    TASK: task === undefined ? 'group' : text(task['Name']),
  };
}

/** These are filled in when a job is registered; all others where its tasks run. */
function withNames(name: Json | undefined, names: Names): string {
  const base = `${names.JOB}-${names.TASKGROUP}-${names.TASK}`;
  return Object.entries({ ...names, BASE: base }).reduce(
    (text, [word, value]) => text.replaceAll(`\${${word}}`, () => value),
    typeof name === 'string' ? name : '',
  );
}

/** A service that speaks to the mesh itself is that of the group's only task. */
function nativeTask(service: JsonObject, group: JsonObject): Json {
  const connect = service['Connect'];
  const tasks = Array.isArray(group['Tasks']) ? group['Tasks'] : [];
  const [only] = tasks;
  const isNative = isJsonObject(connect) && connect['Native'] === true;
  return isNative && tasks.length === 1 && isJsonObject(only) ? (only['Name'] ?? null) : null;
}

/** The server names a service's identity after the service. */
function withoutOwnNames(identity: Json): JsonObject {
  const { Name: _name, ServiceName: _service, ...rest } = isJsonObject(identity) ? identity : {};
  return rest;
}

/** Nobody has no weight. */
function fillWeights(value: Json): JsonObject {
  const { Passing: passing = null, Warning: warning = null } = fill(value, {});
  return { Passing: passing === 0 ? 1 : passing, Warning: warning === 0 ? 1 : warning };
}

/** Times in a row; less than none is none. */
const counts = ['SuccessBeforePassing', 'FailuresBeforeCritical', 'FailuresBeforeWarning'] as const;

function countsOf(check: JsonObject): JsonObject {
  return Object.fromEntries(
    counts.map((name) => {
      const count = check[name];
      return [name, typeof count === 'number' ? Math.max(0, count) : null];
    }),
  );
}

/** `advertise` is a word that the server drops. */
function fillCheck(check: JsonObject, service: JsonObject, inherited: Json | undefined): JsonObject {
  const { PortLabel: port, Advertise: _advertise, ...rest } = check;
  const filled = fill(
    { ...rest, ...countsOf(rest) },
    {
      OnUpdate: service['OnUpdate'] ?? null,
      TaskName: service['TaskName'] ?? null,
      Name: `service: ${JSON.stringify(service['Name'])} check`,
      PortLabel: isGivenPort(port) ? null : (port ?? null),
    },
  );
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
