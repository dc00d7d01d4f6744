import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Resource } from '../../model/resource.ts';
import { descriptionLength } from '../description-length.ts';
import { finding } from '../finding.ts';
import type { Fleet } from '../kind.ts';
import { nomadCodes } from '../nomad-codes.ts';
import type { NomadNodePoolSpec } from './schema.ts';

const builtIn = ['all', 'default'];

export function checkNomadNodePool(
  resource: Resource<NomadNodePoolSpec>,
  fleet: Fleet,
): readonly Diagnostic[] {
  return [
    ...checkBuiltIn(resource),
    ...descriptionLength(resource, ['spec', 'description'], resource.spec.description),
    ...checkEdition(resource, fleet),
  ];
}

function checkBuiltIn(resource: Resource<NomadNodePoolSpec>): readonly Diagnostic[] {
  const { name } = resource.metadata;
  if (!builtIn.includes(name)) return [];
  const message = `the node pool "${name}" is built into Nomad, which refuses to change it`;
  return [finding(resource, ['metadata', 'name'], { entry: nomadCodes.builtInPool, message })];
}

/** A version of Enterprise says so itself: `1.11.3+ent`. Without a NomadCluster nobody knows. */
function checkEdition(resource: Resource<NomadNodePoolSpec>, fleet: Fleet): readonly Diagnostic[] {
  const clusters = fleet.byKind<{ version?: string }>('NomadCluster');
  const isCommunity = clusters.length > 0 && clusters.every(({ spec }) => !spec.version?.includes('+ent'));
  if (resource.spec.scheduler === undefined || !isCommunity) return [];
  const message = `Nomad ${clusters[0]?.spec.version ?? ''} is the community edition, which refuses a pool with a scheduler of its own`;
  return [
    finding(resource, ['spec', 'scheduler'], { entry: nomadCodes.enterpriseOnly, message, part: 'key' }),
  ];
}
