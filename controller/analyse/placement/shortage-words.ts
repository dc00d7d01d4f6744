import type { FleetGroup } from './fleet-placement.ts';
import { unoccupied } from './placement-node.ts';
import { shortageOfRoom } from './room.ts';
import { type Shortage, type ShortageKind, shortageKinds } from './shortage.ts';

const unitByKind: Readonly<Partial<Record<ShortageKind, string>>> = {
  cores: 'cores',
  cpu: 'MHz of CPU',
  memory: 'MiB of memory',
  disk: 'MiB of disk',
  'dynamic ports': 'dynamic ports',
};

interface Lacking {
  readonly name: string;
  readonly shortage: Shortage;
}

/** What the clients of the right kind lack, each: none when they are of the wrong kind or have room. */
export function lackingRoom({ ask, matching }: FleetGroup): readonly Lacking[] {
  return matching.flatMap((node) => {
    const shortage = shortageOfRoom(ask, node, unoccupied);
    return shortage === undefined ? [] : [{ name: node.name, shortage }];
  });
}

/** `needs 16384 MiB of memory; the largest of 3 eligible clients, prod-c1, offers 14336`. */
export function roomWords(lacking: readonly Lacking[]): string {
  const byKind = Map.groupBy(lacking, ({ shortage }) => shortage.kind);
  return shortageKinds
    .flatMap((kind) => {
      const found = byKind.get(kind);
      return found === undefined ? [] : [kindWords(kind, found)];
    })
    .join('; ');
}

function kindWords(kind: ShortageKind, lacking: readonly Lacking[]): string {
  const largest = lacking.reduce((best, one) => (offeredBy(one) > offeredBy(best) ? one : best));
  const { shortage, name } = largest;
  if (shortage.amount === undefined)
    return `port ${shortage.what} is taken on ${clientCount(lacking.length)}`;
  const { wanted, offered } = shortage.amount;
  const best =
    lacking.length === 1
      ? `${name} offers`
      : `the largest of ${lacking.length} eligible clients, ${name}, offers`;
  return `needs ${wanted} ${unitByKind[kind] ?? kind}; ${best} ${offered}`;
}

function offeredBy({ shortage }: Lacking): number {
  return shortage.amount?.offered ?? 0;
}

/** `2 of 5 clients left out by datacenter fsn1, 1 by constraint ${meta.rack} = a`; empty when none is. */
export function leftOutWords({ matches }: FleetGroup): string {
  const shortages = matches.flatMap(({ match }) => (match.shortage === undefined ? [] : [match.shortage]));
  const byReason = Map.groupBy(shortages, ({ kind, what }) =>
    kind === 'state' ? 'their state, which is not Active' : `${kind} ${what}`,
  );
  const parts = [...byReason].map(([reason, { length }]) => `${length} by ${reason}`);
  if (parts.length === 0) return '';
  return parts.join(', ').replace(/ by /, ` of ${clientCount(matches.length)} left out by `);
}

export function clientCount(count: number): string {
  return count === 1 ? '1 client' : `${count} clients`;
}
