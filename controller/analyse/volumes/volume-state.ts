import { findingOf } from '../../model/diagnostic-code.ts';
import { groupName } from '../placement/fleet-placement.ts';
import type { Rule } from '../rule.ts';
import { volumeCodes } from './volume-codes.ts';
import { volumeUsers } from './volume-users.ts';

/** A job that writes to a volume whose loss loses data is marked as stateful itself. */
export const volumeState: Rule = (fleet) =>
  volumeUsers(fleet).flatMap(({ group, volume, span, carriers }) => {
    const keeps = carriers.some(({ server }) =>
      server.volumes.some(({ name, stateful }) => name === volume.source && stateful),
    );
    const { resource } = group.fleetJob;
    if (!keeps || volume.readOnly || resource.spec['stateful'] === true) return [];
    const message = `${groupName(group)} writes to the stateful volume ${volume.source}, and is not stateful itself`;
    return [findingOf(volumeCodes.stateful, { span, message })];
  });
