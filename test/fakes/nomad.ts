import { ConflictError, RejectedError } from '../../controller/model/errors.ts';
import type { Json, JsonObject } from '../../controller/model/json.ts';
import type { JobRef, Jobs, LiveJob } from '../../controller/ports/jobs.ts';
import type { Allocation, Deployment, Placement } from '../../controller/ports/placement.ts';

interface Kept {
  versions: LiveJob[];
  deployment: Map<number, Deployment>;
}

export interface FakeNomad {
  readonly jobs: Jobs;
  readonly placement: Placement;
  /** Grows by one with every register and stop. */
  readonly writes: () => number;
  /** Ends the deployment of the newest version; `failed` with auto-revert makes a new version as Nomad does. */
  readonly finish: (key: string, status: 'successful' | 'failed', options?: { autoRevert?: boolean }) => void;
  /** Stops it as a person does. */
  readonly stop: (key: string) => void;
  /** Garbage collection of a stopped or finished job. */
  readonly collect: (key: string) => void;
  readonly keys: () => readonly string[];
}

/** Nomad in memory: versions, check-and-set, one deployment a version that ends when the test says so. */
export function createFakeNomad(
  options: { now?: () => number; namespaces?: () => ReadonlySet<string>; instant?: boolean } = {},
): FakeNomad {
  const kept = new Map<string, Kept>();
  let index = 10;
  let writes = 0;

  const add = (ref: JobRef, spec: JsonObject, stopped: boolean): LiveJob => {
    index += 1;
    const job: Kept = kept.get(keyOf(ref)) ?? { versions: [], deployment: new Map() };
    const version = job.versions.length;
    const live: LiveJob = {
      ref,
      spec: { ...structuredClone(spec), ID: ref.id, Namespace: ref.namespace, Stop: stopped },
      jobModifyIndex: index,
      version,
      stopped,
      status: stopped ? 'dead' : 'running',
      submittedAtMs: options.now?.() ?? 0,
    };
    job.versions.push(live);
    const status = options.instant === true ? 'successful' : 'running';
    if (!stopped) job.deployment.set(version, deploymentOf(live, status, `Deployment ${status}`));
    kept.set(keyOf(ref), job);
    return live;
  };

  const jobs: Jobs = {
    async read(ref, signal) {
      signal.throwIfAborted();
      return kept.get(keyOf(ref))?.versions.at(-1);
    },
    async versions(ref) {
      return [...(kept.get(keyOf(ref))?.versions ?? [])].reverse();
    },
    async list() {
      const newest = [...kept.values()].flatMap(({ versions }) => versions.slice(-1));
      return {
        index,
        jobs: newest.map(({ ref, jobModifyIndex, stopped, spec }) => ({
          ...ref,
          ref,
          parentId: '',
          jobModifyIndex,
          stopped,
          type: typeof spec['Type'] === 'string' ? spec['Type'] : 'service',
        })),
      };
    },
    async plan(ref) {
      const isNew = kept.get(keyOf(ref)) === undefined;
      return { diffType: isNew ? 'Added' : 'Edited', updates: [], warnings: [], failures: [] };
    },
    async register({ ref, spec, enforceIndex }, signal) {
      signal.throwIfAborted();
      const spaces = options.namespaces?.();
      if (spaces?.has(ref.namespace) === false)
        throw new RejectedError(`nonexistent namespace ${ref.namespace}`);
      const before = kept.get(keyOf(ref))?.versions.at(-1);
      if ((before?.jobModifyIndex ?? 0) !== enforceIndex)
        throw new ConflictError('conflicting job modify index');
      writes += 1;
      if (before !== undefined && isSame(before, spec)) return { evaluationId: 'evaluation', warnings: [] };
      add(ref, spec, false);
      return { evaluationId: 'evaluation', warnings: [] };
    },
    async deregister(ref, { purge }, signal) {
      signal.throwIfAborted();
      const before = kept.get(keyOf(ref))?.versions.at(-1);
      if (before === undefined) return;
      writes += 1;
      if (purge) kept.delete(keyOf(ref));
      else add(ref, before.spec, true);
    },
  };

  return {
    jobs,
    placement: createPlacement(kept),
    writes: () => writes,
    keys: () =>
      [...kept].filter(([, { versions }]) => versions.at(-1)?.stopped === false).map(([key]) => key),
    finish: (key, status, { autoRevert = false } = {}) => {
      const job = kept.get(key);
      const live = job?.versions.at(-1);
      if (job === undefined || live === undefined) return;
      job.deployment.set(live.version, deploymentOf(live, status, `Deployment ${status}`));
      const stable = job.versions.find(({ version }) => job.deployment.get(version)?.status === 'successful');
      if (!autoRevert || stable === undefined) return;
      const copy = add(live.ref, stable.spec, false);
      job.deployment.set(copy.version, deploymentOf(copy, 'successful', 'Deployment completed successfully'));
    },
    stop: (key) => {
      const live = kept.get(key)?.versions.at(-1);
      if (live !== undefined) add(live.ref, live.spec, true);
    },
    collect: (key) => void kept.delete(key),
  };
}

function createPlacement(kept: ReadonlyMap<string, Kept>): Placement {
  return {
    async evaluation() {
      return undefined;
    },
    async evaluations() {
      return [];
    },
    async deployment(ref, jobVersion) {
      return kept.get(keyOf(ref))?.deployment.get(jobVersion);
    },
    async allocations(ref) {
      const job = kept.get(keyOf(ref));
      const live = job?.versions.at(-1);
      return live === undefined || live.stopped
        ? []
        : [allocationOf(live, job?.deployment.get(live.version))];
    },
    async nodes() {
      return [{ id: 'n', name: 'node', status: 'ready', eligible: true }];
    },
  };
}

function deploymentOf(live: LiveJob, status: string, description: string): Deployment {
  return { id: `d${live.version}`, jobVersion: live.version, status, description, requiresPromotion: false };
}

function allocationOf(live: LiveJob, deployment: Deployment | undefined): Allocation {
  const failed = deployment?.status === 'failed';
  const isBatch = live.spec['Type'] === 'batch';
  return {
    id: `a${live.version}`,
    name: `${live.ref.id}.g[0]`,
    group: 'g',
    nodeId: 'n',
    nodeName: 'node',
    jobVersion: live.version,
    clientStatus: failed ? 'failed' : isBatch && deployment?.status === 'successful' ? 'complete' : 'running',
    desiredStatus: 'run',
    events: failed ? ['t: Terminated: Exit Code: 1'] : [],
    createIndex: live.version,
  };
}

function isSame(before: LiveJob, spec: JsonObject): boolean {
  const wanted: Json = { ...spec, ID: before.ref.id, Namespace: before.ref.namespace, Stop: false };
  return JSON.stringify(before.spec) === JSON.stringify(wanted);
}

function keyOf(ref: JobRef): string {
  return `${ref.namespace}/${ref.id}`;
}
