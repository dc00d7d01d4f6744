import { sizeMiB } from './hardware.ts';
import type { ServerSpec } from './schema.ts';

type WrittenVolume = NonNullable<ServerSpec['volumes']>[string];

/** A host volume of a server, defaults filled in. */
export interface FleetVolume {
  readonly name: string;
  readonly path: string;
  /** Absent when the definition does not say it. */
  readonly sizeMiB: number | undefined;
  readonly access: NonNullable<WrittenVolume['access']>;
  readonly stateful: boolean;
  readonly dynamic: boolean;
}

/** The host volumes of a server, sorted by name. */
export function volumesOf(spec: ServerSpec): readonly FleetVolume[] {
  return Object.entries(spec.volumes ?? {})
    .map(([name, { path, size, access = 'Exclusive', stateful = false, dynamic = false }]) => ({
      name,
      path,
      sizeMiB: size === undefined ? undefined : sizeMiB(size),
      access,
      stateful,
      dynamic,
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
