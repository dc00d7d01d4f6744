import type { Resource } from '../../model/resource.ts';
import { waveOf } from '../annotations.ts';
import type { Fleet, FleetJob } from '../kind.ts';
import { jobWave } from './job-wave.ts';
import { type Dependent, dependencyKeys } from './references.ts';

/**
 * A job's wave, raised to that of the latest job that it depends on, however far: an earlier wave would wait for one that
 * begins only when it has ended itself. Within a wave dependencies are put in order.
 */
export function dependentWave(own: number, resource: Resource<Dependent>, fleet: Fleet): number {
  const keys = dependencyKeys(resource, fleet);
  if (keys.length === 0) return own;
  const jobByKey = jobsByKey(fleet);
  const seen = new Set<string>();
  const waves = [own];
  const open = [...keys];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const found = jobByKey.get(key);
    if (found === undefined || seen.has(key)) continue;
    seen.add(key);
    waves.push(ownWave(found));
    open.push(...dependencyKeys(found.resource, fleet));
  }
  return Math.max(...waves);
}

const known = new WeakMap<Fleet, ReadonlyMap<string, FleetJob>>();

/** Made once a fleet: each of its jobs may ask. */
function jobsByKey(fleet: Fleet): ReadonlyMap<string, FleetJob> {
  const found =
    known.get(fleet) ?? new Map(fleet.jobs().map((job) => [`nomad-job:${job.namespace}/${job.id}`, job]));
  known.set(fleet, found);
  return found;
}

function ownWave({ resource, job }: FleetJob): number {
  return waveOf(resource, jobWave(job, resource.spec['once'] !== undefined));
}
