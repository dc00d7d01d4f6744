import type { JsonObject } from '../../../model/json.ts';
import { uncovered } from '../covers.ts';
import { createObjectTarget } from '../object-target.ts';
import { documentOf, requirePort } from '../require-port.ts';
import type { Comparison, DesiredUnit, TargetContext } from '../target.ts';
import { plainVolume, refusedChange } from './volume-changes.ts';

const fixed = ['PluginID', 'ExternalID', 'Parameters', 'RequestedTopologies', 'CloneID', 'SnapshotID'];

const target = createObjectTarget({
  kind: 'nomad-volume',
  rank: 1,
  objects: ({ ports }) => requirePort(ports.csiVolumes, 'Nomad'),
  differences,
  refuses: (spec, live) => refusedChange(differences(spec, live), fixed),
});

/** A volume of a storage provider: what its definition speaks of must be so. */
export async function compareCsiVolume(
  unit: DesiredUnit,
  context: TargetContext,
  signal: AbortSignal,
): Promise<Comparison> {
  const comparison = await target.compare(unit, context, signal);
  if (comparison.state !== 'absent' && comparison.state !== 'differs') return comparison;
  const { PluginID: plugin } = documentOf(unit);
  const volumes = requirePort(context.ports.csiVolumes, 'Nomad');
  const awaited = await volumes.awaited(typeof plugin === 'string' ? plugin : '', signal);
  // The plugin is a job of a later wave: the volume comes once it runs, and holds up nothing.
  return awaited === undefined
    ? comparison
    : { state: 'waits', message: `waits for ${awaited}`, blocks: false };
}

function differences(spec: JsonObject, live: JsonObject): readonly string[] {
  return uncovered(plainVolume(spec), plainVolume(live));
}
