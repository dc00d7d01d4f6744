import { RejectedError, UnavailableError } from '../../controller/model/errors.ts';
import type { HostVolumes, LiveHostVolume } from '../../controller/ports/host-volumes.ts';

export interface FakeHostVolumes extends HostVolumes {
  readonly volumes: LiveHostVolume[];
  readonly writes: () => number;
}

/** Host volumes of a cluster of so many nodes, all in the pool `default`. */
export function createFakeHostVolumes(nodeCount = 1): FakeHostVolumes {
  const volumes: LiveHostVolume[] = [];
  let writes = 0;
  const isOf = (volume: LiveHostVolume, ref: { namespace: string; name: string }) =>
    volume.spec['Namespace'] === ref.namespace && volume.spec['Name'] === ref.name;
  return {
    volumes,
    writes: () => writes,
    async list(ref, signal) {
      signal.throwIfAborted();
      return volumes.filter((volume) => isOf(volume, ref)).map((volume) => structuredClone(volume));
    },
    async write({ ref, spec, id }, signal) {
      signal.throwIfAborted();
      const place = volumes.findIndex((volume) => volume.id === id);
      const own = volumes[place];
      if (own !== undefined) {
        if (spec['NodePool'] !== undefined && spec['NodePool'] !== 'default') {
          throw new RejectedError('node pool cannot be updated');
        }
        volumes[place] = { ...own, spec: { NodePool: 'default', ...structuredClone(spec) } };
      } else {
        const taken = volumes.filter((volume) => isOf(volume, ref)).length;
        if (taken >= nodeCount) throw new UnavailableError('no node meets constraints');
        const made = { NodePool: 'default', ...structuredClone(spec) };
        volumes.push({ id: `${ref.name}-${volumes.length}`, nodeId: `node-${taken}`, spec: made });
      }
      writes += 1;
    },
  };
}
