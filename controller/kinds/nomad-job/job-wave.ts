import type { JsonObject } from '../../model/json.ts';

/** The job's type; Nomad takes `service` where none is written. */
export function jobType(job: JsonObject): string {
  return typeof job['Type'] === 'string' ? job['Type'] : 'service';
}

/** System jobs first, then migrations, then services, then the rest (protocols §5). */
export function jobWave(job: JsonObject, isOnce: boolean): number {
  if (isOnce) return 50;
  const type = jobType(job);
  if (type === 'system' || type === 'sysbatch') return 40;
  return type === 'service' ? 60 : 70;
}
