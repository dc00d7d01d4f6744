import type { ClusterObjects } from './cluster-objects.ts';

/** Volumes of storage providers by `<namespace>/<id>`. A write registers one that has an `ExternalID`, and makes any other. */
export interface CsiVolumes extends ClusterObjects {
  /** What has to be there before the plugin can make a volume, in words; none when it is ready. */
  awaited(plugin: string, signal: AbortSignal): Promise<string | undefined>;
}
