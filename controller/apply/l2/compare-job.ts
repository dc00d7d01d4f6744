import type { Json, JsonObject } from '../../model/json.ts';
import { canonicalJson, isJsonObject } from '../../model/json.ts';
import { fillJob } from './fill-job.ts';
import { fill } from './job-defaults.ts';
import { withoutInjected } from './job-injected.ts';
import { normaliseJob } from './normalise-job.ts';

const maxPaths = 50;

/**
 * Where a live job differs from the definition: paths as `TaskGroups[web].Tasks[app].Env.PORT`, sorted, at most 50;
 * empty when they mean the same to Nomad. Never asks Nomad's own diff, which leaves out spread, restart and more.
 */
export function compareJob(desired: JsonObject, live: JsonObject): readonly string[] {
  const filled = fillJob(withScaledCounts(desired, live));
  const wanted = normaliseJob(filled);
  const there = normaliseJob(withoutInjected(fillJob(live), filled));
  const paths: string[] = [];
  collect(wanted, there, '', paths);
  return paths.sort().slice(0, maxPaths);
}

/**
 * The definition with the live count of each group that an enabled scaling policy owns: how many there are is the
 * autoscaler's business, between the bounds that the definition gives.
 */
export function withScaledCounts(desired: JsonObject, live: JsonObject): JsonObject {
  const counts = new Map(list(live['TaskGroups']).map((group) => [label(group), field(group, 'Count')]));
  if (!Array.isArray(desired['TaskGroups'])) return desired;
  const groups = desired['TaskGroups'].map((group: Json) => {
    const count = counts.get(label(group));
    if (!isJsonObject(group) || typeof count !== 'number' || !isScaled(group)) return group;
    // The lower bound's default is the definition's own count, not the one that the autoscaler chose.
    const bounds = fill(group['Scaling'], { Min: group['Count'] ?? 1 });
    return { ...group, Count: within(count, bounds), Scaling: bounds };
  });
  return { ...desired, TaskGroups: groups };
}

function isScaled(group: JsonObject): boolean {
  const scaling = group['Scaling'];
  return isJsonObject(scaling) && scaling['Enabled'] !== false;
}

function within(count: number, bounds: JsonObject): number {
  const min = bounds['Min'];
  const max = bounds['Max'];
  const atLeast = typeof min === 'number' ? Math.max(min, count) : count;
  return typeof max === 'number' ? Math.min(max, atLeast) : atLeast;
}

function collect(wanted: Json | undefined, there: Json | undefined, path: string, paths: string[]): void {
  if (isJsonObject(wanted) && isJsonObject(there)) {
    for (const name of new Set([...Object.keys(wanted), ...Object.keys(there)])) {
      collect(wanted[name], there[name], path === '' ? name : `${path}.${name}`, paths);
    }
    return;
  }
  if (isNamedList(wanted) && isNamedList(there)) return collectNamed(wanted, there, path, paths);
  if (canonicalJson(wanted ?? null) !== canonicalJson(there ?? null)) paths.push(path);
}

function collectNamed(wanted: readonly Json[], there: readonly Json[], path: string, paths: string[]): void {
  const left = new Map(wanted.map((item) => [label(item), item]));
  const right = new Map(there.map((item) => [label(item), item]));
  for (const name of new Set([...left.keys(), ...right.keys()])) {
    collect(left.get(name), right.get(name), `${path}[${name}]`, paths);
  }
}

function isNamedList(value: Json | undefined): value is readonly Json[] {
  if (!Array.isArray(value)) return false;
  const labels = value.map(label);
  return !labels.includes('') && new Set(labels).size === labels.length;
}

function label(item: Json): string {
  const name = field(item, 'Name') ?? field(item, 'Label');
  return typeof name === 'string' ? name : '';
}

function field(item: Json, name: string): Json | undefined {
  return isJsonObject(item) ? item[name] : undefined;
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
