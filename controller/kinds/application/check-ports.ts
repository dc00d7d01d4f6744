import type { Diagnostic } from '../../model/diagnostic.ts';
import { missing } from '../../model/mistake.ts';
import { didYouMean } from '../../model/nearest.ts';
import { type FieldPath, type Resource, resourceId } from '../../model/resource.ts';
import { applicationCodes } from '../application-codes.ts';
import { exactlyOne } from '../exactly-one.ts';
import { finding } from '../finding.ts';
import { kindCodes } from '../kind-codes.ts';
import { checkRoutes } from './check-routes.ts';
import { hasOwnNetwork, portOf } from './network.ts';
import type { ApplicationSpec } from './schema.ts';

type Definition = Resource<ApplicationSpec>;

/** Ports by name: that they exist where they are named, and can be what they are. */
export function checkPorts(resource: Definition): readonly Diagnostic[] {
  const { health, routes } = resource.spec;
  return [
    ...(health === undefined
      ? []
      : exactlyOne(resource, ['spec', 'health'], health, ['http', 'tcp', 'exec'])),
    ...checkPort(resource, health?.http?.port, ['spec', 'health', 'http', 'port']),
    ...checkPort(resource, health?.tcp?.port, ['spec', 'health', 'tcp', 'port']),
    ...(routes ?? []).flatMap(({ port }, index) =>
      checkPort(resource, port, ['spec', 'routes', index, 'port']),
    ),
    ...checkRoutes(resource),
    ...checkNames(resource),
    ...checkUnmapped(resource),
  ];
}

function checkPort(resource: Definition, port: string | undefined, at: FieldPath): readonly Diagnostic[] {
  const names = Object.keys(resource.spec.ports ?? {});
  if (port === undefined || names.includes(port)) return [];
  const known = names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`;
  return [
    finding(resource, at, {
      entry: applicationCodes.unknownPort,
      message: `the application has no port "${port}"`,
      hint: didYouMean(port, names) ?? `${known}: add it to ports, or name another`,
      mistake: missing('port', `${resourceId(resource)} ${port}`),
    }),
  ];
}

/** A port's name is part of its service's, which is looked up by DNS. */
function checkNames(resource: Definition): readonly Diagnostic[] {
  return Object.keys(resource.spec.ports ?? {})
    .filter((name) => !/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(name))
    .map((name) =>
      finding(resource, ['spec', 'ports', name], {
        entry: kindCodes.name,
        message: `the port "${name}" can’t be part of a service’s name`,
        hint: 'use lower-case letters, digits and hyphens',
        part: 'key',
      }),
    );
}

/** Without a container nothing maps a port: the program listens on the server’s own. */
function checkUnmapped(resource: Definition): readonly Diagnostic[] {
  const { image, ports } = resource.spec;
  if (image !== undefined || hasOwnNetwork(resource.spec)) return [];
  return Object.entries(ports ?? {}).flatMap(([name, written]) => {
    const port = portOf(written);
    if (port.static === undefined || port.static === port.port) return [];
    const message = `a program without an image listens on the server itself: ${port.port} can’t become ${port.static}`;
    return [
      finding(resource, ['spec', 'ports', name, 'static'], {
        entry: kindCodes.value,
        message,
        hint: `write static: ${port.port}`,
      }),
    ];
  });
}
