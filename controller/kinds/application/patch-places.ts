import { isJsonObject } from '../../model/json.ts';
import type { FieldPath } from '../../model/resource.ts';
import type { JobPlace } from '../kind.ts';

/** The patch's own field where the patch says this part: then the definition's other fields don't. */
export function patchedField(place: JobPlace, patch: unknown): FieldPath | undefined {
  const path = patchPath(place);
  if (path === undefined) return undefined;
  let value: unknown = patch;
  for (const name of path) {
    if (!isJsonObject(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return ['patch', ...path];
}

const apiNames: Readonly<Record<string, string>> = {
  cpu: 'CPU',
  memory: 'MemoryMB',
  memory_max: 'MemoryMaxMB',
};

const apiBlocks: ReadonlySet<string> = new Set(['resources', 'update', 'config', 'env', 'periodic', 'vault']);

/** A part in the API's names, for parts that patches are written for; none for others. */
function patchPath({ group, task, block, label, attribute }: JobPlace): readonly string[] | undefined {
  if (label !== undefined || attribute === undefined) return undefined;
  if (block !== undefined && !apiBlocks.has(block)) return undefined;
  const isTheirs = block === 'config' || block === 'env';
  return [
    ...step('TaskGroups', group),
    ...step('Tasks', task),
    ...(block === undefined ? [] : [camel(block)]),
    isTheirs ? attribute : (apiNames[attribute] ?? camel(attribute)),
  ];
}

function step(list: string, name: string | undefined): readonly string[] {
  return name === undefined ? [] : [list, name];
}

function camel(word: string): string {
  return word
    .split('_')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}
