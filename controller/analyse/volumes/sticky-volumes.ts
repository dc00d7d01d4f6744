import { findingOf } from '../../model/diagnostic-code.ts';
import type { Rule } from '../rule.ts';
import { volumeCodes } from './volume-codes.ts';
import { volumeUsers } from './volume-users.ts';

/** Only volumes that Nomad makes are sticky. */
export const stickyVolumes: Rule = (fleet) =>
  volumeUsers(fleet).flatMap(({ volume, span, carriers }) => {
    if (!volume.isSticky) return [];
    const message = `${volume.source} is a fixed volume of ${carriers[0]?.name ?? ''}, and can’t be sticky`;
    return [findingOf(volumeCodes.sticky, { span, message })];
  });
