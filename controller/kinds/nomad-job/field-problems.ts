import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { didYouMean } from '../../model/nearest.ts';
import type { FieldPath } from '../../model/resource.ts';
import { type ApiField, apiFields } from './api-fields.ts';

export interface FieldProblem {
  readonly of: 'name' | 'form';
  readonly at: FieldPath;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** Fields of a job, or of a part of one, that Nomad’s API does not have or can’t read. A list may be a map by name, as in patches. */
export function fieldProblems(job: JsonObject): readonly FieldProblem[] {
  return inObject(job, 'Job', []);
}

function inObject(value: JsonObject, kind: string, at: FieldPath): readonly FieldProblem[] {
  const fields = apiFields(kind);
  return Object.entries(value).flatMap(([name, inner]) => {
    const field = fields.get(name);
    if (field === undefined) return [unknown([...at, name], name, [...fields.keys()])];
    return inner === null ? [] : inField(inner, field, [...at, name]);
  });
}

function unknown(at: FieldPath, name: string, names: readonly string[]): FieldProblem {
  const plain = (text: string) => text.replaceAll('_', '').toLowerCase();
  const meant = names.find((one) => plain(one) === plain(name)) ?? hclNames[name];
  const hint = meant === undefined ? didYouMean(name, names) : `write ${meant}`;
  return { of: 'name', at, message: `Nomad’s API has no field ${name} here`, hint };
}

/** HCL’s words for fields that the API calls something else. */
const hclNames: Readonly<Record<string, string>> = {
  group: 'TaskGroups',
  task: 'Tasks',
  memory: 'MemoryMB',
  memory_max: 'MemoryMaxMB',
  restart: 'RestartPolicy',
  reschedule: 'ReschedulePolicy',
  network: 'Networks',
  service: 'Services',
  template: 'Templates',
  artifact: 'Artifacts',
  constraint: 'Constraints',
  volume: 'Volumes',
  volume_mount: 'VolumeMounts',
  logs: 'LogConfig',
  port: 'PortLabel',
};

function inField(value: Json, field: ApiField, at: FieldPath): readonly FieldProblem[] {
  const { form, holds, of: kind } = field;
  if (form !== undefined && typeof value !== form) return [wrongForm(value, form, at)];
  if (kind === undefined) return [];
  if (Array.isArray(value)) {
    return value.flatMap((item: Json, index) =>
      isJsonObject(item) ? inObject(item, kind, [...at, index]) : [],
    );
  }
  if (!isJsonObject(value)) return [wrongForm(value, 'object', at)];
  if (holds === 'one') return inObject(value, kind, at);
  return Object.entries(value).flatMap(([name, item]) =>
    isJsonObject(item) ? inObject(item, kind, [...at, name]) : [],
  );
}

const words = { number: 'a number', string: 'a text', boolean: 'true or false', object: 'a map' } as const;

function wrongForm(value: Json, form: keyof typeof words, at: FieldPath): FieldProblem {
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  const found = isPlain ? JSON.stringify(value) : 'something else';
  const name = at.at(-1) ?? '';
  return { of: 'form', at, message: `${name} is ${words[form]} in Nomad’s API, and this is ${found}` };
}
