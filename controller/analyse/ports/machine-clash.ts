import { nomadClients } from '../../kinds/nomad-cluster/nomad-clients.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { groupName } from '../placement/fleet-placement.ts';
import type { Rule } from '../rule.ts';
import { machinePorts } from './machine-ports.ts';
import { portCodes } from './port-codes.ts';
import { staticGroups } from './static-groups.ts';

const mostNamed = 4;

/** No job wants a port on which the server itself listens. */
export const machineClash: Rule = (fleet) => {
  const wanted = staticGroups(fleet);
  if (wanted.length === 0) return [];
  const ports = new Map(
    (nomadClients(fleet) ?? []).map(({ name, server }) => [name, machinePorts(server, fleet)]),
  );
  return wanted.flatMap(({ group, port, span }) => {
    const taken = group.candidates.filter(({ name }) => ports.get(name)?.has(port) === true);
    const [first] = taken;
    if (first === undefined) return [];
    const isEverywhere = taken.length === group.candidates.length;
    const names = taken.slice(0, mostNamed).map(({ name }) => name);
    const where = taken.length > mostNamed ? `${taken.length} clients` : names.join(', ');
    const message = `${groupName(group)} wants port ${port}, where ${ports.get(first.name)?.get(port)} listens on ${where}`;
    return [
      findingOf(isEverywhere ? portCodes.machineEverywhere : portCodes.machineSomewhere, { span, message }),
    ];
  });
};
