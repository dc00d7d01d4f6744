import type { Diagnostic } from '../model/diagnostic.ts';
import { findingOf } from '../model/diagnostic-code.ts';
import type { Resource } from '../model/resource.ts';
import { layoutCodes } from './compile-codes.ts';
import type { CompiledEnvironment } from './compile-environment.ts';
import type { Kinds } from './definition.ts';

const namedAtMost = 3;

/** No two environments on one cluster own the same thing there. One finding for each pair, at the later one. */
export function checkSharedClusters(
  project: Resource,
  compiled: readonly CompiledEnvironment[],
  kinds: Kinds,
): readonly Diagnostic[] {
  const owned = new Map<CompiledEnvironment, ReadonlySet<string>>();
  const ownedBy = (environment: CompiledEnvironment) => {
    const known = owned.get(environment) ?? targetsOf(environment, kinds);
    owned.set(environment, known);
    return known;
  };
  return compiled.flatMap((later, index) =>
    compiled.slice(0, index).flatMap((earlier) => {
      const { cluster } = later.environment.rules;
      if (cluster === '' || cluster !== earlier.environment.rules.cluster) return [];
      const both = [...ownedBy(later)].filter((key) => ownedBy(earlier).has(key)).sort();
      return both.length === 0 ? [] : [sharedFinding(project, { earlier, later, both })];
    }),
  );
}

function targetsOf({ resources }: CompiledEnvironment, kinds: Kinds): ReadonlySet<string> {
  const byName = new Map([...kinds.values()].map((kind) => [kind.name as string, kind]));
  return new Set(
    resources.flatMap((resource) =>
      (byName.get(resource.kind)?.targets(resource) ?? []).map(({ key }) => key),
    ),
  );
}

function sharedFinding(
  project: Resource,
  found: { earlier: CompiledEnvironment; later: CompiledEnvironment; both: readonly string[] },
): Diagnostic {
  const { earlier, later, both } = found;
  const clusterOf = ({ environment }: CompiledEnvironment) =>
    project.locate(['spec', 'environments', environment.name, 'cluster']);
  const names = both.slice(0, namedAtMost).map((key) => key.replace(':', ' '));
  const more = both.length > namedAtMost ? ` and ${both.length - namedAtMost} more` : '';
  const [first, second] = [earlier.environment.name, later.environment.name];
  return findingOf(layoutCodes.sharedCluster, {
    span: clusterOf(later),
    message: `${first} and ${second} are on the cluster ${later.environment.rules.cluster}, and both own ${names.join(', ')}${more}`,
    related: [{ message: `${first} is on it here`, span: clusterOf(earlier) }],
  });
}
