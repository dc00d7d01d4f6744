import type { Resource } from '../../model/resource.ts';
import type { Reference } from '../kind.ts';
import type { ServerSpec } from './schema.ts';

/** Nomad has them without any definition. */
const builtInPools = ['default', 'all'];

/** Site definitions are optional as a whole: a name is checked once the environment declares any of its kind. */
export function serverReferences({ spec }: Resource<ServerSpec>): readonly Reference[] {
  const { datacenter = 'dc1', nodePool = 'default', interfaces } = spec;
  const named: readonly Reference[] =
    typeof spec.class === 'string' ? [{ kind: 'ServerClass', name: spec.class, at: ['spec', 'class'] }] : [];
  const networks = Object.entries(interfaces).flatMap(([name, { network }]): readonly Reference[] =>
    network === undefined
      ? []
      : [{ kind: 'Network', name: network, at: ['spec', 'interfaces', name, 'network'] }],
  );
  return [
    { kind: 'Datacenter' as const, name: datacenter, at: ['spec', 'datacenter'] },
    ...(builtInPools.includes(nodePool)
      ? []
      : [{ kind: 'NomadNodePool' as const, name: nodePool, at: ['spec', 'nodePool'] }]),
    ...named,
    ...networks,
  ].map((reference) => ({ ...reference, onceDeclared: true }));
}
