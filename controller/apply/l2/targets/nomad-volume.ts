import { documentOf } from '../require-port.ts';
import type { Removal, Target } from '../target.ts';
import { compareCsiVolume } from './csi-volume.ts';
import { compareHostVolumes } from './host-volume.ts';

/** A volume of Nomad. What is in it is nobody's to delete: it outlives its definition. */
export const nomadVolume: Target = {
  kind: 'nomad-volume',
  rank: 1,
  compare: (unit, context, signal) =>
    documentOf(unit)['Type'] === 'csi'
      ? compareCsiVolume(unit, context, signal)
      : compareHostVolumes(unit, context, signal),
  async remove(): Promise<Removal> {
    return { state: 'orphaned', message: 'volumes are never deleted by Drover: delete it by hand' };
  },
};
