import type { CsiVolumes } from '../../controller/ports/csi-volumes.ts';
import { createFakeClusterObjects, type FakeClusterObjects } from './cluster-objects.ts';

export interface FakeCsiVolumes extends FakeClusterObjects, CsiVolumes {
  readonly plugins: Set<string>;
}

/** Volumes of a storage provider; none of its plugins runs before it is put into `plugins`. */
export function createFakeCsiVolumes(): FakeCsiVolumes {
  const plugins = new Set<string>();
  return {
    ...createFakeClusterObjects(),
    plugins,
    async awaited(plugin, signal) {
      signal.throwIfAborted();
      return plugins.has(plugin) ? undefined : `the CSI plugin ${plugin}, which no node has`;
    },
  };
}
