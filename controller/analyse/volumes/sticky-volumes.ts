import { findingOf } from '../../model/diagnostic-code.ts';
import type { Rule } from '../rule.ts';
import { volumeCodes } from './volume-codes.ts';
import { volumeUsers } from './volume-users.ts';

/** Only volumes that Nomad makes are sticky. */
export const stickyVolumes: Rule = (fleet) =>
  volumeUsers(fleet).flatMap(({ group, volume, carriers }) => {
    if (!volume.isSticky) return [];
    const { fleetJob, ask } = group;
    const place = { group: ask.group, block: 'volume', label: volume.label };
    const span = fleetJob.locate({ ...place, attribute: 'sticky' });
    const message = `${volume.source} is a fixed volume of ${carriers[0]?.name ?? ''}, and can’t be sticky`;
    return [findingOf(volumeCodes.sticky, { span, message })];
  });
