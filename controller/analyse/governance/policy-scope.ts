import { type RuleContext, type RuleValue, ruleValue } from '../../expression/compile-rule.ts';
import type { Fleet, FleetJob } from '../../kinds/kind.ts';
import type { ResourcePolicy } from '../../model/environment.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Resource } from '../../model/resource.ts';
import { jobUsage } from './job-usage.ts';

/** What policies read of definitions and jobs, each made once. */
export interface PolicyScope {
  contextOf(resource: Resource, job: FleetJob | undefined): RuleContext;
  /** The longest list and text that a rule may meet. */
  readonly magnitudes: { readonly listLength: number; readonly textLength: number };
}

/** `policies` that stand elsewhere bring their own variables. */
export function createPolicyScope(fleet: Fleet, policies: readonly ResourcePolicy[] = []): PolicyScope {
  const { environment } = fleet;
  const values = new Map<unknown, RuleValue>();
  const once = (key: unknown, make: () => JsonObject): RuleValue => {
    const known = values.get(key) ?? ruleValue(make());
    values.set(key, known);
    return known;
  };
  const everywhere = { vars: ruleValue(environment.vars), environment: ruleValue(environment.name) };
  return {
    contextOf: (resource, job) => ({
      ...everywhere,
      resource: once(resource, () => resourceScope(resource)),
      ...(job === undefined ? {} : { job: once(job, () => jobScope(job)) }),
    }),
    magnitudes: measure([
      environment.vars,
      ...policies.map(({ vars = {} }) => vars),
      ...fleet.resources.map(({ spec }) => spec),
      ...fleet.jobs().map(({ job }) => job),
    ]),
  };
}

function resourceScope({ kind, metadata, spec }: Resource): JsonObject {
  const { name, namespace, labels, annotations } = metadata;
  return {
    kind,
    metadata: { name, ...(namespace === undefined ? {} : { namespace }), labels, annotations },
    spec,
  };
}

/** A job in the words that rules are about; all of it, as the API has it, in `spec`. */
export function jobScope({ job, id, namespace }: FleetJob): JsonObject {
  const { tasks, volumes } = jobUsage(job);
  const groups = Array.isArray(job['TaskGroups'])
    ? job['TaskGroups'].filter((group) => isJsonObject(group))
    : [];
  const counted = groups.map((group) => (typeof group['Count'] === 'number' ? group['Count'] : 1));
  return {
    id,
    namespace,
    type: job['Type'] ?? 'service',
    priority: job['Priority'] ?? 50,
    datacenters: job['Datacenters'] ?? [],
    nodePool: job['NodePool'] ?? 'default',
    count: counted.reduce((sum, count) => sum + count, 0),
    images: distinct(tasks.flatMap(({ image }) => image ?? [])),
    drivers: distinct(tasks.map(({ driver }) => driver)),
    privileged: tasks.some(({ privileged }) => privileged),
    hostVolumes: distinct(volumes.map(({ source }) => source)),
    hostPaths: distinct(tasks.flatMap((task) => task.hostPaths.map(({ path }) => path))),
    groups: groups.map((group, index) => ({
      name: group['Name'] ?? '',
      count: counted[index] ?? 1,
      tasks: tasks
        .filter(({ group: name }) => name === group['Name'])
        .map(({ task, driver, image, privileged }) => ({
          name: task,
          driver,
          image: image ?? '',
          privileged,
        })),
    })),
    spec: job,
  };
}

function distinct(words: readonly string[]): readonly string[] {
  return [...new Set(words)].sort();
}

function measure(values: readonly Json[]): PolicyScope['magnitudes'] {
  const found = { listLength: 0, textLength: 0 };
  const visit = (value: Json): void => {
    if (typeof value === 'string') found.textLength = Math.max(found.textLength, value.length);
    if (typeof value !== 'object' || value === null) return;
    const items = Object.values(value);
    found.listLength = Math.max(found.listLength, items.length);
    for (const item of items) visit(item);
  };
  values.forEach(visit);
  return found;
}
