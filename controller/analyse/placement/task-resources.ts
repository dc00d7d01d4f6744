import type { JsonObject } from '../../model/json.ts';
import { numberOf, objectOf, textOf } from '../../model/json-values.ts';

export interface TaskResources {
  readonly cpuMHz: number;
  readonly cores: number;
  readonly memoryMiB: number;
  /** What the tasks may use at most; never less than `memoryMiB`. */
  readonly memoryMaxMiB: number;
}

const none: TaskResources = { cpuMHz: 0, cores: 0, memoryMiB: 0, memoryMaxMiB: 0 };
const defaultCpuMHz = 100;
const defaultMemoryMiB = 300;

/**
 * What the tasks of a group take together, as Nomad's scheduler counts it: what runs before and after the main tasks shares
 * their room, sidecars that start before them come on top, and what starts after them runs beside them.
 */
export function taskResources(tasks: readonly JsonObject[]): TaskResources {
  const hooks = Map.groupBy(tasks, (task) => hookOf(task));
  const total = (hook: string) => (hooks.get(hook) ?? []).map((task) => resourcesOf(task)).reduce(plus, none);
  const shared = ['main', 'prestart', 'poststop'].map((hook) => total(hook)).reduce(larger, none);
  // Cores are handed out one by one, to every task its own.
  const cores = tasks.reduce((sum, task) => sum + resourcesOf(task).cores, 0);
  return { ...plus(shared, total('sidecar')), cores };
}

function hookOf(task: JsonObject): string {
  const lifecycle = objectOf(task['Lifecycle']);
  const hook = textOf(lifecycle['Hook'], 'main');
  if (hook === 'poststart') return 'main';
  return hook === 'prestart' && lifecycle['Sidecar'] === true ? 'sidecar' : hook;
}

function resourcesOf(task: JsonObject): TaskResources {
  const written = objectOf(task['Resources']);
  const cores = numberOf(written['Cores'], 0);
  const secretsMiB = numberOf(written['SecretsMB'], 0);
  const memoryMiB = numberOf(written['MemoryMB'], defaultMemoryMiB) + secretsMiB;
  const memoryMaxMiB = numberOf(written['MemoryMaxMB'], 0) + secretsMiB;
  return {
    cpuMHz: cores > 0 ? 0 : numberOf(written['CPU'], defaultCpuMHz),
    cores,
    memoryMiB,
    memoryMaxMiB: Math.max(memoryMiB, memoryMaxMiB),
  };
}

function plus(a: TaskResources, b: TaskResources): TaskResources {
  return combine(a, b, (x, y) => x + y);
}

function larger(a: TaskResources, b: TaskResources): TaskResources {
  return combine(a, b, Math.max);
}

function combine(a: TaskResources, b: TaskResources, how: (x: number, y: number) => number): TaskResources {
  return {
    cpuMHz: how(a.cpuMHz, b.cpuMHz),
    cores: how(a.cores, b.cores),
    memoryMiB: how(a.memoryMiB, b.memoryMiB),
    memoryMaxMiB: how(a.memoryMaxMiB, b.memoryMaxMiB),
  };
}
