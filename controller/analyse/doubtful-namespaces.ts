import type { Fleet } from '../kinds/kind.ts';
import type { Resource } from '../model/resource.ts';
import { outsideTenants } from './governance/tenants.ts';
import type { Kinds } from './rule.ts';

/**
 * Definitions whose namespace has a finding of its own: nobody declares it, the job’s text says another, or it is not their
 * tenant’s. What follows from the namespace, as which secrets a job may read, is not known of them.
 */
export function doubtfulNamespaces(fleet: Fleet, kinds: Kinds): ReadonlySet<Resource> {
  const found = known.get(fleet) ?? findDoubtful(fleet, kinds);
  known.set(fleet, found);
  return found;
}

/** Several rules ask for it, and a fleet does not change. */
const known = new WeakMap<Fleet, ReadonlySet<Resource>>();

function findDoubtful(fleet: Fleet, kinds: Kinds): ReadonlySet<Resource> {
  const differing = fleet
    .jobs()
    .filter(({ namespace, writtenNamespace = namespace }) => writtenNamespace !== namespace);
  return new Set([
    ...fleet.resources.filter((resource) => isInNowhere(fleet, resource)),
    ...differing.map(({ resource }) => resource),
    ...outsideTenants(fleet, kinds),
  ]);
}

/** Namespaces are known once the environment declares any. */
function isInNowhere(fleet: Fleet, { metadata: { namespace } }: Resource): boolean {
  const isDeclarable = namespace !== undefined && namespace !== 'default';
  const areKnown = fleet.byKind('NomadNamespace').length > 0;
  return isDeclarable && areKnown && fleet.find('NomadNamespace', namespace) === undefined;
}
