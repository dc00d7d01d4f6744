import type { Diagnostic, Span } from '../../model/diagnostic.ts';
import { type CodeEntry, findingOf } from '../../model/diagnostic-code.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { objectsOf } from '../../model/json-values.ts';
import type { Resource } from '../../model/resource.ts';
import { applicationCodes } from '../application-codes.ts';
import type { Fleet } from '../kind.ts';
import { cronProblem, zoneProblem } from '../schedule-problem.ts';
import { createJobLocate } from './locate.ts';
import type { NomadJobSpec } from './schema.ts';

type Locate = ReturnType<typeof createJobLocate>;

/** What an application says of the same parts in its own words: limits, names and times of a job. */
export function checkParts(
  resource: Resource<NomadJobSpec>,
  fleet: Fleet,
  job: JsonObject,
): readonly Diagnostic[] {
  const locate = createJobLocate(resource, fleet, job);
  return [
    ...checkSchedule(job, locate),
    ...objectsOf(job['TaskGroups']).flatMap((group) => {
      const tasks = objectsOf(group['Tasks']);
      const at = (place: object) => locate({ group: nameOf(group), ...place });
      return [...checkNames(tasks, at), ...tasks.flatMap((task) => checkMemory(task, at))];
    }),
  ];
}

function checkNames(tasks: readonly JsonObject[], at: Locate): readonly Diagnostic[] {
  const byName = [...Map.groupBy(tasks, nameOf)];
  return byName
    .filter(([name, same]) => name !== '' && same.length > 1)
    .map(([name, { length }]) =>
      findingOf(applicationCodes.programName, {
        span: at({ task: name }),
        message: `${length} tasks of the group are named ${name}`,
      }),
    );
}

function checkMemory(task: JsonObject, at: Locate): readonly Diagnostic[] {
  const resources = isJsonObject(task['Resources']) ? task['Resources'] : {};
  const { MemoryMB: memory = 300, MemoryMaxMB: maximum } = resources;
  // 0 and -1 are words of Nomad's own: as much as is reserved, and without a limit.
  if (typeof maximum !== 'number' || typeof memory !== 'number' || maximum <= 0) return [];
  if (maximum >= memory) return [];
  return [
    findingOf(applicationCodes.memoryMax, {
      span: at({ task: nameOf(task), block: 'resources', attribute: 'memory_max' }),
      message: `memory_max is ${maximum}, and ${memory} MiB are reserved`,
      hint: 'raise memory_max, or lower memory',
    }),
  ];
}

function checkSchedule(job: JsonObject, locate: Locate): readonly Diagnostic[] {
  const periodic = job['Periodic'];
  if (!isJsonObject(periodic)) return [];
  const { Spec: one, Specs: several, SpecType: type = 'cron', TimeZone: zone } = periodic;
  const told = (attribute: string, problem: ReturnType<typeof zoneProblem>): readonly Diagnostic[] => {
    const span: Span = locate({ block: 'periodic', attribute });
    const entry: CodeEntry = applicationCodes.schedule;
    return problem === undefined ? [] : [findingOf(entry, { span, ...problem })];
  };
  const crons = type === 'cron' ? textsOf([one ?? '', ...(Array.isArray(several) ? several : [])]) : [];
  return [
    ...crons.flatMap((cron) => told(cron === one ? 'cron' : 'crons', cronProblem(cron))),
    ...textsOf([zone ?? '']).flatMap((name) => told('time_zone', zoneProblem(name))),
  ];
}

function textsOf(values: readonly Json[]): readonly string[] {
  return values.flatMap((value) => (typeof value === 'string' && value !== '' ? [value] : []));
}

function nameOf({ Name: name }: JsonObject): string {
  return typeof name === 'string' ? name : '';
}
