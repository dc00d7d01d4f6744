import type { Diagnostic } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { groupName } from '../placement/fleet-placement.ts';
import type { Rule } from '../rule.ts';
import { volumeCodes } from './volume-codes.ts';
import { type VolumeUser, volumeUsers } from './volume-users.ts';

type Access = 'Exclusive' | 'OneWriter';

/** What a server promises of a volume is kept by the jobs: one user, or one writer. Nomad does not watch over it. */
export const volumeContract: Rule = (fleet) => {
  const users = volumeUsers(fleet);
  return [...Map.groupBy(users, ({ volume }) => volume.source)].flatMap(([source, same]) => [
    ...tell(source, same, 'Exclusive'),
    ...tell(
      source,
      same.filter(({ volume }) => !volume.readOnly),
      'OneWriter',
    ),
  ]);
};

/** More users than servers with the volume: two of them share one, wherever Nomad puts them. */
function tell(source: string, users: readonly VolumeUser[], access: Access): readonly Diagnostic[] {
  const contracted = users.filter(({ carriers }) =>
    carriers.every(({ hostVolumes }) => hostVolumes[source]?.access === access),
  );
  const lists = contracted.map(({ carriers }) => carriers.map(({ name }) => name));
  const sets = [...lists, lists.flat()].map((names) => new Set(names)).toSorted((a, b) => a.size - b.size);
  for (const names of sets) {
    const bound = contracted.filter(({ carriers }) => carriers.every(({ name }) => names.has(name)));
    const count = bound.reduce((sum, user) => sum + user.count, 0);
    if (count > names.size) return tellShared(source, { bound, names, count, access });
  }
  return [];
}

interface Shared {
  readonly bound: readonly VolumeUser[];
  readonly names: ReadonlySet<string>;
  readonly count: number;
  readonly access: Access;
}

function tellShared(source: string, { bound, names, count, access }: Shared): readonly Diagnostic[] {
  const last = bound.at(-1);
  if (last === undefined) return [];
  const isExclusive = access === 'Exclusive';
  const jobs = bound.map(({ group }) => groupName(group)).join(', ');
  const times = bound.length > 1 ? '' : ` ${count} times`;
  return [
    findingOf(isExclusive ? volumeCodes.exclusive : volumeCodes.twoWriters, {
      span: last.span,
      message: `${jobs} ${isExclusive ? 'use' : 'write'} ${source}${times}, which is ${access} on ${[...names].join(', ')}`,
      related: bound.slice(0, -1).map(({ group, span }) => ({ message: `${groupName(group)} has it`, span })),
    }),
  ];
}
