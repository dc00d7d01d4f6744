import { projectTenants } from '../kinds/project/tenants.ts';
import { resourceId } from '../model/resource.ts';
import type { CompiledSource } from '../reconcile/compile-source.ts';

/** More environments than this are only counted. */
const mostNames = 6;

/** What a run looked at: `12 definitions, 2 environments (dev, prod)`; and whose tenants and policies judged, where there are any. */
export function checkedWords(
  compiled: CompiledSource,
  { environment, base }: { readonly environment: string | undefined; readonly base: string | undefined },
): string {
  const fleets = [...compiled.fleets].filter(([name]) => environment === undefined || name === environment);
  const resources = fleets.flatMap(([, fleet]) => fleet.resources);
  const definitions = new Set(resources.map((resource) => `${resource.path} ${resourceId(resource)}`));
  const names = fleets.map(([name]) => name);
  const listed = names.length > 0 && names.length <= mostNames ? ` (${names.join(', ')})` : '';
  const looked = `${counted(definitions.size, 'definition')}, ${counted(names.length, 'environment')}${listed}`;
  return `${looked}${ruleWords(compiled, base)}`;
}

function ruleWords({ project: { project }, fleets }: CompiledSource, base: string | undefined): string {
  if (base !== undefined) return `; tenants and policies as ${base} has them too`;
  const hasPolicies = [...fleets.values()].some((fleet) => fleet.byKind('Policy').length > 0);
  const names = [
    ...(projectTenants(project).length === 0 ? [] : ['tenants']),
    ...(hasPolicies ? ['policies'] : []),
  ];
  if (names.length === 0) return '';
  return `; ${names.join(' and ')} as in this tree: --base main judges as a pull request is judged`;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
