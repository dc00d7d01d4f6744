import { isPlainPath } from '../../kinds/machine-config/check-path.ts';
import { checkHardware } from '../../kinds/server-class/check-hardware.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { FieldPath, Resource } from '../../model/resource.ts';
import { finding, type Problem } from '../finding.ts';
import type { Fleet } from '../kind.ts';
import { kindCodes } from '../kind-codes.ts';
import { checkAddresses } from './check-addresses.ts';
import { checkDrain } from './check-drain.ts';
import { checkSite } from './check-site.ts';
import { isHostName } from './is-host-name.ts';
import { quorumGroups, quorumLabel, quorumPrograms } from './quorum-groups.ts';
import type { ServerSpec } from './schema.ts';

type Server = Resource<ServerSpec>;

export function checkServer(resource: Server, fleet: Fleet): readonly Diagnostic[] {
  return [
    ...checkName(resource),
    ...checkAddresses(resource),
    ...checkSite(resource, fleet),
    ...checkClass(resource),
    ...checkVolumes(resource),
    ...checkDrain(resource, fleet),
    ...checkQuorum(resource),
    ...checkTaints(resource),
  ];
}

function one(resource: Server, at: FieldPath, problem: Problem): readonly Diagnostic[] {
  return [finding(resource, at, problem)];
}

function checkName(resource: Server): readonly Diagnostic[] {
  const { name } = resource.metadata;
  if (isHostName(name)) return [];
  const message = `a server can't be named "${name}": it is part of a Consul key and a host name`;
  const hint = 'use lower-case letters, digits and dashes, 63 at most';
  return one(resource, ['metadata', 'name'], { entry: kindCodes.name, message, hint });
}

function checkClass(resource: Server): readonly Diagnostic[] {
  const { class: written } = resource.spec;
  return typeof written === 'string' ? [] : checkHardware(resource, ['spec', 'class'], written);
}

function checkVolumes(resource: Server): readonly Diagnostic[] {
  return Object.entries(resource.spec.volumes ?? {}).flatMap(([name, { path }]) =>
    isPlainPath(path)
      ? []
      : one(resource, ['spec', 'volumes', name, 'path'], {
          entry: kindCodes.path,
          message: `"${path}" is no plain absolute path`,
        }),
  );
}

/** Nomad has no taints: what is meant by them has a place of its own there. */
function checkTaints(resource: Server): readonly Diagnostic[] {
  if (resource.spec.taints === undefined) return [];
  return one(resource, ['spec', 'taints'], {
    entry: kindCodes.notApplied,
    message: 'taints are carried, and Nomad knows none',
    hint: 'put the server into a nodePool of its own: only jobs that name the pool land there',
    part: 'key',
  });
}

function checkQuorum(resource: Server): readonly Diagnostic[] {
  const unknown = quorumGroups(resource).filter((group) => !quorumPrograms.has(group));
  if (unknown.length === 0) return [];
  return one(resource, ['metadata', 'labels', quorumLabel], {
    entry: kindCodes.value,
    message: `there is no quorum of ${unknown.join(', ')}`,
    hint: `write some of ${[...quorumPrograms].join(', ')}, divided by commas`,
  });
}
