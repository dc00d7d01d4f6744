import type { Resource } from '../../model/resource.ts';
import type { Reference } from '../kind.ts';
import type { ServerSpec } from './schema.ts';

/** Nomad has them without any definition. */
const builtInPools = ['default', 'all'];

/** Datacenters and pools need no definition: their names are checked once the environment declares any of their kind. */
export function serverReferences({ spec }: Resource<ServerSpec>): readonly Reference[] {
  const { datacenter = 'dc1', nodePool = 'default', interfaces } = spec;
  const named: readonly Reference[] =
    typeof spec.class === 'string' ? [{ kind: 'ServerClass', name: spec.class, at: ['spec', 'class'] }] : [];
  const networks = Object.entries(interfaces).flatMap(([name, { network }]): readonly Reference[] =>
    network === undefined
      ? []
      : [{ kind: 'Network', name: network, at: ['spec', 'interfaces', name, 'network'] }],
  );
  const pools: readonly Reference[] = builtInPools.includes(nodePool)
    ? []
    : [{ kind: 'NomadNodePool', name: nodePool, at: ['spec', 'nodePool'], onceDeclared: true }];
  return [
    { kind: 'Datacenter', name: datacenter, at: ['spec', 'datacenter'], onceDeclared: true },
    ...pools,
    ...named,
    ...networks,
  ];
}
