import { findingOf } from '../../model/diagnostic-code.ts';
import { fleetPlacement, groupName } from '../placement/fleet-placement.ts';
import { lastingGroups } from '../placement/lasting-groups.ts';
import { portExcesses } from '../placement/port-bounds.ts';
import { clientCount } from '../placement/shortage-words.ts';
import type { Rule } from '../rule.ts';
import { portCodes } from './port-codes.ts';
import { staticGroups } from './static-groups.ts';

/** Groups that want one static port have a client each. A group that is too many by itself is told as such. */
export const portClash: Rule = (fleet) => {
  const placement = fleetPlacement(fleet);
  if (placement === undefined) return [];
  const places = staticGroups(fleet);
  return portExcesses(lastingGroups(placement)).flatMap((excess) => {
    const bound = places.filter(({ group, port }) => port === excess.port && excess.groups.includes(group));
    const last = bound.at(-1);
    if (last === undefined) return [];
    const jobs = bound.map(({ group }) => groupName(group)).join(', ');
    const message = `${jobs} want port ${excess.port} ${excess.wanted} times on ${clientCount(excess.clientCount)}`;
    const related = bound
      .slice(0, -1)
      .map(({ group, span }) => ({ message: `${groupName(group)} wants it here`, span }));
    return [findingOf(portCodes.clash, { span: last.span, message, related })];
  });
};
