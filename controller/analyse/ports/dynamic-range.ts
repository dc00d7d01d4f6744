import { findingOf } from '../../model/diagnostic-code.ts';
import { groupName } from '../placement/fleet-placement.ts';
import type { Rule } from '../rule.ts';
import { portCodes } from './port-codes.ts';
import { staticGroups } from './static-groups.ts';

/** Static ports lie outside the range from which Nomad chooses. */
export const dynamicRange: Rule = (fleet) =>
  staticGroups(fleet).flatMap(({ group, port, span }) => {
    const node = group.candidates.find(({ dynamicPorts: { min, max } }) => port >= min && port <= max);
    if (node === undefined) return [];
    const { min, max } = node.dynamicPorts;
    const message = `${groupName(group)} wants port ${port}, and ${node.name} gives ${min} to ${max} to whoever asks for any`;
    return [findingOf(portCodes.dynamicRange, { span, message })];
  });
