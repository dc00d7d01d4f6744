import { RejectedError } from '../../controller/model/errors.ts';
import type { JsonObject } from '../../controller/model/json.ts';
import type { ClusterObjects, LiveObject } from '../../controller/ports/cluster-objects.ts';

export interface FakeClusterObjects extends ClusterObjects {
  readonly objects: Map<string, JsonObject>;
  /** Grows by one with every write and removal. */
  readonly writes: () => number;
}

/** Plain objects in memory. `accessor` names what the system calls each; `inUse` refuses removals. */
export function createFakeClusterObjects(
  options: { accessor?: (key: string) => string; inUse?: (key: string) => boolean } = {},
): FakeClusterObjects {
  const objects = new Map<string, JsonObject>();
  let writes = 0;
  const live = (key: string, spec: JsonObject): LiveObject => ({
    key,
    spec,
    index: undefined,
    ...(options.accessor === undefined ? {} : { accessor: options.accessor(key) }),
  });
  return {
    objects,
    writes: () => writes,
    async read(key, signal) {
      signal.throwIfAborted();
      const spec = objects.get(key);
      return spec === undefined ? undefined : live(key, structuredClone(spec));
    },
    async write({ key, spec }, signal) {
      signal.throwIfAborted();
      writes += 1;
      objects.set(key, structuredClone(spec));
    },
    async remove(key, signal) {
      signal.throwIfAborted();
      if (options.inUse?.(key) === true) throw new RejectedError(`${key} is in use`);
      if (objects.delete(key)) writes += 1;
    },
  };
}
