import type { JsonObject } from '../model/json.ts';

export interface HostVolumeRef {
  readonly namespace: string;
  readonly name: string;
}

export interface LiveHostVolume {
  /** Nomad's own id; the name is shared by the volumes of several nodes. */
  readonly id: string;
  readonly nodeId: string;
  /** In the form that definitions render to, without `Type` and `Count`. */
  readonly spec: JsonObject;
}

/** Folders that a plugin makes on nodes. There is no check-and-set and no way to choose an id. */
export interface HostVolumes {
  /** All volumes of that name, each on a node of its own, by id. */
  list(ref: HostVolumeRef, signal: AbortSignal): Promise<readonly LiveHostVolume[]>;
  /**
   * Without `id` makes one more, on a node that has none; with it changes that one in place. Not to be repeated blindly.
   * @throws UnavailableError when no node fits now, RejectedError when it can't be so.
   */
  write(
    request: { readonly ref: HostVolumeRef; readonly spec: JsonObject; readonly id: string | undefined },
    signal: AbortSignal,
  ): Promise<void>;
}
