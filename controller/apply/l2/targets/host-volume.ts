import type { Json, JsonObject } from '../../../model/json.ts';
import type { HostVolumeRef, HostVolumes, LiveHostVolume } from '../../../ports/host-volumes.ts';
import { documentOf, requirePort } from '../require-port.ts';
import type { Comparison, DesiredUnit, TargetContext } from '../target.ts';
import { wholeDifferences } from '../whole-differences.ts';
import { refusedChange } from './volume-changes.ts';

/** Nomad passes over a change of the constraints, and hands the folder of one plugin to the other. */
const fixed = ['PluginID', 'NodePool', 'Constraints'];

interface Wanted {
  readonly ref: HostVolumeRef;
  readonly spec: JsonObject;
  readonly count: number;
}

/** Folders of one name on as many nodes as the definition counts. Nomad chooses the nodes; surplus ones stay. */
export async function compareHostVolumes(
  unit: DesiredUnit,
  { ports }: TargetContext,
  signal: AbortSignal,
): Promise<Comparison> {
  const volumes = requirePort(ports.hostVolumes, 'Nomad');
  const wanted = wantedOf(documentOf(unit));
  const live = await volumes.list(wanted.ref, signal);
  const changed = live.filter((volume) => differences(wanted, volume).length > 0);
  const paths = [...new Set(changed.flatMap((volume) => differences(wanted, volume)))].sort();
  const refusal = refusedChange(paths, fixed);
  if (refusal !== undefined) return { state: 'failed', message: refusal };
  const missing = Math.max(0, wanted.count - live.length);
  if (missing === 0 && changed.length === 0) return { state: 'equal', notes: surplusNotes(wanted, live) };
  return {
    state: live.length === 0 ? 'absent' : 'differs',
    notes: [
      ...(paths.length === 0 ? [] : [`differs in ${paths.join(', ')}`]),
      ...(live.length > 0 && missing > 0 ? [`${live.length} of ${wanted.count} are there`] : []),
    ],
    // One more folder on another node takes nothing from anybody.
    additive: changed.length === 0,
    write: (writeSignal) => writeVolumes({ volumes, wanted, changed, missing }, writeSignal),
  };
}

function wantedOf(document: JsonObject): Wanted {
  const { Type: _type, Count: count, ...spec } = document;
  const { Namespace: namespace, Name: name } = spec;
  return {
    ref: { namespace: text(namespace), name: text(name) },
    spec,
    count: typeof count === 'number' ? count : 1,
  };
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** A pool that the definition leaves to Nomad is whichever Nomad took. */
function differences({ spec }: Wanted, { spec: live }: LiveHostVolume): readonly string[] {
  const { NodePool: pool, ...rest } = live;
  const there = spec['NodePool'] === undefined || pool === undefined ? rest : { ...rest, NodePool: pool };
  return wholeDifferences(spec, there);
}

function surplusNotes({ count }: Wanted, live: readonly LiveHostVolume[]): readonly string[] {
  const surplus = live.length - count;
  return surplus > 0 ? [`${surplus} more than defined stay: delete them by hand`] : [];
}

async function writeVolumes(
  request: {
    volumes: HostVolumes;
    wanted: Wanted;
    changed: readonly LiveHostVolume[];
    missing: number;
  },
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { volumes, wanted, changed, missing } = request;
  const { ref, spec } = wanted;
  for (const { id } of changed) await volumes.write({ ref, spec, id }, signal);
  for (let made = 0; made < missing; made += 1) await volumes.write({ ref, spec, id: undefined }, signal);
  return [];
}
