import { resourceId } from '../model/resource.ts';
import type { CompiledSource } from '../reconcile/compile-source.ts';

/** More environments than this are only counted. */
const mostNames = 6;

/** What a run looked at: `12 definitions, 2 environments (dev, prod)`. */
export function checkedWords(compiled: CompiledSource, environment?: string): string {
  const fleets = [...compiled.fleets].filter(([name]) => environment === undefined || name === environment);
  const resources = fleets.flatMap(([, fleet]) => fleet.resources);
  const definitions = new Set(resources.map((resource) => `${resource.path} ${resourceId(resource)}`));
  const names = fleets.map(([name]) => name);
  const listed = names.length > 0 && names.length <= mostNames ? ` (${names.join(', ')})` : '';
  return `${counted(definitions.size, 'definition')}, ${counted(names.length, 'environment')}${listed}`;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
