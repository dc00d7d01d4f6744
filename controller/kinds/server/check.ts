import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Resource } from '../../model/resource.ts';
import { carriedFields } from '../carried-fields.ts';
import { finding } from '../finding.ts';
import { kindCodes } from '../kind-codes.ts';
import { plainAddress, serverAddress } from './address.ts';
import { isAddress } from './is-address.ts';
import { isHostName } from './is-host-name.ts';
import { quorumGroups, quorumLabel, quorumPrograms } from './quorum-groups.ts';
import type { ServerSpec } from './schema.ts';

/** Fields that reach a server only through kinds that this version does not have. */
const carried = ['taints', 'volumes', 'drain'] as const;

export function checkServer(resource: Resource<ServerSpec>): readonly Diagnostic[] {
  return [
    ...checkName(resource),
    ...checkAddresses(resource),
    ...checkQuorum(resource),
    ...carriedFields(resource, carried),
  ];
}

function checkName(resource: Resource<ServerSpec>): readonly Diagnostic[] {
  const { name } = resource.metadata;
  if (isHostName(name)) return [];
  const message = `a server can't be named "${name}": it is part of a Consul key and a host name`;
  const hint = 'use lower-case letters, digits and dashes, 63 at most';
  return [finding(resource, ['metadata', 'name'], { entry: kindCodes.name, message, hint })];
}

function checkAddresses(resource: Resource<ServerSpec>): readonly Diagnostic[] {
  const bad = Object.entries(resource.spec.interfaces).flatMap(([name, { address }]) =>
    isAddress(plainAddress(address))
      ? []
      : [
          finding(resource, ['spec', 'interfaces', name, 'address'], {
            entry: kindCodes.address,
            message: `"${address}" is no IP address`,
          }),
        ],
  );
  if (serverAddress(resource.spec) !== undefined) return bad;
  const message = 'no interface is advertised, so nobody could reach the server';
  return [...bad, finding(resource, ['spec', 'interfaces'], { entry: kindCodes.address, message })];
}

function checkQuorum(resource: Resource<ServerSpec>): readonly Diagnostic[] {
  const unknown = quorumGroups(resource).filter((group) => !quorumPrograms.has(group));
  if (unknown.length === 0) return [];
  return [
    finding(resource, ['metadata', 'labels', quorumLabel], {
      entry: kindCodes.value,
      message: `there is no quorum of ${unknown.join(', ')}`,
      hint: `write some of ${[...quorumPrograms].join(', ')}, divided by commas`,
    }),
  ];
}
