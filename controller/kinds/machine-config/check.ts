import type { MachineConfig } from '../../kinds/server/machine-configs.ts';
import { carriedMaps } from '../../kinds/server/render-extra.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { carriedFields } from '../carried-fields.ts';
import { finding } from '../finding.ts';
import type { Fleet } from '../kind.ts';
import { kindCodes } from '../kind-codes.ts';
import { matchesSelector } from '../selector.ts';
import { checkFiles } from './check-files.ts';
import { checkProbes } from './check-probes.ts';
import { checkUnits } from './check-units.ts';
import { checkWriters } from './check-writers.ts';

export function checkMachineConfig(resource: MachineConfig, fleet: Fleet): readonly Diagnostic[] {
  return [
    ...checkFiles(resource, fleet),
    ...checkUnits(resource, fleet),
    ...checkProbes(resource),
    ...carriedFields(resource, [...carriedMaps, 'modules', 'reboot']),
    ...checkSelector(resource, fleet),
    ...checkWriters(resource, fleet),
  ];
}

function checkSelector(resource: MachineConfig, fleet: Fleet): readonly Diagnostic[] {
  const isUsed = fleet
    .byKind('Server')
    .some((server) => matchesSelector(resource.spec.selector, server.metadata.labels));
  if (isUsed) return [];
  const message = `the selector of ${resource.metadata.name} matches no server of ${fleet.environment.name}`;
  return [finding(resource, ['spec', 'selector'], { entry: kindCodes.selectsNothing, message })];
}
