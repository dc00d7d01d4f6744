import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Resource } from '../../model/resource.ts';
import type { Selector } from '../fields.ts';
import { finding } from '../finding.ts';
import type { Fleet } from '../kind.ts';
import { kindCodes } from '../kind-codes.ts';
import { matchesSelector } from '../selector.ts';
import type { ServerSpec } from './schema.ts';

type Server = Resource<ServerSpec>;

interface Members {
  readonly servers: Selector;
  readonly clients: Selector;
}

/** What is done before has a name, and somebody who does it: Nomad’s client itself, where a NomadCluster makes the server one. */
export function checkDrain(resource: Server, fleet: Fleet): readonly Diagnostic[] {
  const { drain } = resource.spec;
  if (drain === undefined) return [];
  const unknown = (drain.before ?? []).flatMap((cause, index) =>
    isCause(cause)
      ? []
      : finding(resource, ['spec', 'drain', 'before', index], {
          entry: kindCodes.value,
          message: `nothing is called "${cause}" that a server could be drained before`,
          hint: 'write Reboot, or Restart: and a unit, as in Restart:docker.service',
        }),
  );
  return [...unknown, ...carried(resource, fleet)];
}

function carried(resource: Server, fleet: Fleet): readonly Diagnostic[] {
  const { before = ['Reboot'] } = resource.spec.drain ?? {};
  const entry = kindCodes.notApplied;
  if (!isDrained(resource, fleet)) {
    const message = 'drain is carried, not applied: no NomadCluster has the server among its clients alone';
    return [finding(resource, ['spec', 'drain'], { entry, message, part: 'key' })];
  }
  return before.flatMap((cause, index) =>
    !isCause(cause) || isOfClient(cause)
      ? []
      : finding(resource, ['spec', 'drain', 'before', index], {
          entry,
          message: `${cause} is carried: only a stop of Nomad’s client drains the server`,
        }),
  );
}

/** A client that is a server too would leave its quorum with each drain. */
function isDrained({ metadata: { labels } }: Server, fleet: Fleet): boolean {
  return fleet
    .byKind<Members>('NomadCluster')
    .some(({ spec }) => matchesSelector(spec.clients, labels) && !matchesSelector(spec.servers, labels));
}

function isCause(text: string): boolean {
  return text === 'Reboot' || /^Restart:[^\s/]+\.[a-z]+$/.test(text);
}

function isOfClient(cause: string): boolean {
  return cause === 'Reboot' || cause === 'Restart:nomad.service';
}
