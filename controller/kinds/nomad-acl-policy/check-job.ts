import type { Diagnostic } from '../../model/diagnostic.ts';
import { isJsonObject, type Json } from '../../model/json.ts';
import { didYouMean } from '../../model/nearest.ts';
import type { FieldPath, Resource } from '../../model/resource.ts';
import { finding } from '../finding.ts';
import type { Fleet, FleetJob } from '../kind.ts';
import { nomadCodes } from '../nomad-codes.ts';
import type { NomadACLPolicySpec } from './schema.ts';

/** The part of a job that the policy goes with: there, and said from the outside in. */
export function checkPolicyJob(resource: Resource<NomadACLPolicySpec>, fleet: Fleet): readonly Diagnostic[] {
  const { job } = resource.spec;
  if (job === undefined) return [];
  if (job.task !== undefined && job.group === undefined) {
    const message = `the task ${job.task} is said without its group, which Nomad refuses`;
    return [finding(resource, ['spec', 'job', 'task'], { entry: nomadCodes.policyTask, message })];
  }
  const missing = missingPart(job, fleet);
  if (missing === undefined) return [];
  const { field, message, names } = missing;
  const at: FieldPath = ['spec', 'job', field];
  return [
    finding(resource, at, { entry: nomadCodes.policyJob, message, hint: didYouMean(missing.name, names) }),
  ];
}

interface Missing {
  readonly field: 'id' | 'group' | 'task';
  readonly name: string;
  readonly message: string;
  readonly names: readonly string[];
}

function missingPart(job: NonNullable<NomadACLPolicySpec['job']>, fleet: Fleet): Missing | undefined {
  const { namespace = 'default', id, group, task } = job;
  const there = fleet.jobs().filter((found) => found.namespace === namespace);
  const found = there.find((one) => one.id === id);
  if (found === undefined) return missingJob(`${namespace}/${id}`, { id, there, fleet, namespace });
  if (group === undefined) return undefined;
  const groups = named(found.job['TaskGroups']);
  const inGroup = groups.get(group);
  if (inGroup === undefined) {
    const message = `the job ${id} has no group ${group}`;
    return { field: 'group', name: group, message, names: [...groups.keys()] };
  }
  const tasks = named(isJsonObject(inGroup) ? inGroup['Tasks'] : undefined);
  if (task === undefined || tasks.has(task)) return undefined;
  const message = `the group ${group} of the job ${id} has no task ${task}`;
  return { field: 'task', name: task, message, names: [...tasks.keys()] };
}

/** Jobs of a namespace without any definition are made elsewhere, and one that could not be parsed may be the one. */
function missingJob(
  key: string,
  around: { id: string; namespace: string; there: readonly FleetJob[]; fleet: Fleet },
): Missing | undefined {
  const { id, namespace, there, fleet } = around;
  const declared = (['NomadJob', 'Application'] as const)
    .flatMap((kind) => fleet.byKind(kind))
    .filter(({ metadata }) => (metadata.namespace ?? 'default') === namespace);
  if (there.length === 0 || declared.length > there.length) return undefined;
  const message = `nobody declares the job ${key}`;
  return { field: 'id', name: id, message, names: there.map((one) => one.id) };
}

function named(list: Json | undefined): ReadonlyMap<string, Json> {
  const items = Array.isArray(list) ? (list as readonly Json[]) : [];
  return new Map(items.map((item) => [nameOf(item), item]));
}

function nameOf(item: Json): string {
  const name = isJsonObject(item) ? item['Name'] : undefined;
  return typeof name === 'string' ? name : '';
}
