import type { JsonObject } from '../../model/json.ts';
import { ifAny } from './placement.ts';
import type { ApplicationSpec } from './schema.ts';

/** Sidecars share the main program's network, which only a bridge of the group's own can give them. */
export function hasOwnNetwork(spec: ApplicationSpec): boolean {
  return Object.keys(spec.sidecars ?? {}).length > 0;
}

/**
 * The group's ports. A container's port is mapped; a program without an image listens on the server itself, so its port is
 * the server's.
 */
export function networkFields(spec: ApplicationSpec): JsonObject {
  const isMapped = spec.image !== undefined || hasOwnNetwork(spec);
  const ports = Object.entries(spec.ports ?? {}).map(([label, port]) => ({ label, ...portOf(port) }));
  const dynamic = ports
    .filter((port) => isMapped && port.static === undefined)
    .map(({ label, port }) => ({ Label: label, To: port }));
  const reserved = ports
    .filter((port) => !isMapped || port.static !== undefined)
    .map((port) => ({
      Label: port.label,
      Value: port.static ?? port.port,
      ...(isMapped ? { To: port.port } : {}),
    }));
  if (ports.length === 0 && !hasOwnNetwork(spec)) return {};
  return {
    Networks: [
      {
        ...(hasOwnNetwork(spec) ? { Mode: 'bridge' } : {}),
        ...ifAny('DynamicPorts', dynamic),
        ...ifAny('ReservedPorts', reserved),
      },
    ],
  };
}

type Port = NonNullable<ApplicationSpec['ports']>[string];

export function portOf(port: Port): { readonly port: number; readonly static?: number | undefined } {
  return typeof port === 'number' ? { port } : port;
}
