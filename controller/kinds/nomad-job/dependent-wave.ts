import type { Resource } from '../../model/resource.ts';
import { waveOf } from '../annotations.ts';
import type { Fleet, FleetJob } from '../kind.ts';
import { jobWave } from './job-wave.ts';
import { type Dependent, dependencyKeys } from './references.ts';

/** What is known of a fleet's jobs, made once: each of them may ask. */
interface Waves {
  readonly jobByKey: ReadonlyMap<string, FleetJob>;
  /** The latest wave among a job's dependencies and its own, of the keys that were asked for. */
  readonly latestByKey: Map<string, number>;
}

const wavesByFleet = new WeakMap<Fleet, Waves>();

/**
 * A job's wave, raised to that of the latest job that it depends on, however far: an earlier wave would wait for one that
 * begins only when it has ended itself. Within a wave dependencies are put in order.
 */
export function dependentWave(own: number, resource: Resource<Dependent>, fleet: Fleet): number {
  const keys = dependencyKeys(resource, fleet);
  if (keys.length === 0) return own;
  const waves = wavesByFleet.get(fleet) ?? readWaves(fleet);
  wavesByFleet.set(fleet, waves);
  return Math.max(own, ...keys.map((key) => latestWave(key, waves, fleet)));
}

function readWaves(fleet: Fleet): Waves {
  const jobByKey = new Map(fleet.jobs().map((job) => [`nomad-job:${job.namespace}/${job.id}`, job]));
  return { jobByKey, latestByKey: new Map() };
}

/** Walks what is not known yet, without recursion: a chain may be as long as the fleet. */
function latestWave(start: string, { jobByKey, latestByKey }: Waves, fleet: Fleet): number {
  const seen = new Set([start]);
  let latest = 0;
  for (const key of seen) {
    const known = latestByKey.get(key);
    const job = jobByKey.get(key);
    latest = Math.max(latest, known ?? (job === undefined ? 0 : ownWave(job)));
    if (known !== undefined || job === undefined) continue;
    for (const next of dependencyKeys(job.resource, fleet)) seen.add(next);
  }
  latestByKey.set(start, latest);
  return latest;
}

function ownWave({ resource, job }: FleetJob): number {
  return waveOf(resource, jobWave(job, resource.spec['once'] !== undefined));
}
