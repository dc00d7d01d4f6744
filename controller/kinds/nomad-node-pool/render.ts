import type { Resource } from '../../model/resource.ts';
import { escapeSegment, type Unit } from '../../model/tree.ts';
import { unitOptions } from '../annotations.ts';
import { jsonUnit } from '../json-unit.ts';
import { durationMs, quantityOr } from '../quantity.ts';
import type { NomadNodePoolSpec } from './schema.ts';

const dayMs = 86_400_000;

export function renderNomadNodePool(resource: Resource<NomadNodePoolSpec>): readonly Unit[] {
  const { name } = resource.metadata;
  const { description = '', meta = {}, nodeIdentityTTL, scheduler } = resource.spec;
  const ttlMs = quantityOr(durationMs, nodeIdentityTTL, dayMs);
  const document = {
    Name: name,
    Description: description,
    ...(Object.keys(meta).length === 0 ? {} : { Meta: meta }),
    // Older servers do not know the field, and its default is what they do.
    ...(ttlMs === dayMs ? {} : { NodeIdentityTTL: ttlMs * 1_000_000 }),
    ...(scheduler === undefined ? {} : { SchedulerConfiguration: schedulerFields(scheduler) }),
  };
  return [
    jsonUnit(resource, {
      kind: 'nomad-node-pool',
      key: name,
      wave: 30,
      path: `nomad/node-pools/${escapeSegment(name)}.json`,
      document,
      options: unitOptions(resource),
    }),
  ];
}

function schedulerFields(scheduler: NonNullable<NomadNodePoolSpec['scheduler']>): object {
  const { algorithm, memoryOversubscription } = scheduler;
  return {
    ...(algorithm === undefined ? {} : { SchedulerAlgorithm: algorithm.toLowerCase() }),
    ...(memoryOversubscription === undefined
      ? {}
      : { MemoryOversubscriptionEnabled: memoryOversubscription }),
  };
}
