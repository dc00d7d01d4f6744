import { canonicalJson, isJsonObject, type Json } from '../../model/json.ts';
import type { FieldPath } from '../../model/resource.ts';
import type { JobPlace } from '../kind.ts';
import type { BuiltJob } from './build-job.ts';
import { affinityOf, constraintOf } from './placement.ts';
import type { ApplicationSpec } from './schema.ts';

/** Where a rule of placement is written. In the job they are sorted, so a numbered one is found by what it says. */
export function placementPlace(
  { block, label }: JobPlace,
  spec: ApplicationSpec,
  built: BuiltJob,
): FieldPath {
  const { placement } = spec;
  if (placement === undefined) return spec.patch === undefined ? [] : ['patch'];
  if (block === 'spread') return ['placement', 'spread'];
  const field = block === 'constraint' ? 'constraints' : 'affinities';
  const rendered = typeof label === 'number' ? renderedRule(built, field, label) : undefined;
  if (isDistinctHosts(rendered)) return ['placement', 'distinctHosts'];
  const index = rendered === undefined ? -1 : writtenIndex(placement, field, rendered);
  return index < 0 ? ['placement', field] : ['placement', field, index];
}

type Placement = NonNullable<ApplicationSpec['placement']>;

function writtenIndex(placement: Placement, field: 'constraints' | 'affinities', rendered: Json): number {
  const written =
    field === 'constraints'
      ? (placement.constraints ?? []).map(constraintOf)
      : (placement.affinities ?? []).map(affinityOf);
  const text = canonicalJson(rendered);
  return written.findIndex((rule) => rule !== undefined && canonicalJson(rule) === text);
}

function renderedRule(built: BuiltJob, field: string, index: number): Json | undefined {
  const groups = built.job['TaskGroups'];
  const group: Json | undefined = Array.isArray(groups) ? groups[0] : undefined;
  const rules = isJsonObject(group)
    ? group[field === 'constraints' ? 'Constraints' : 'Affinities']
    : undefined;
  return Array.isArray(rules) ? rules[index] : undefined;
}

function isDistinctHosts(rule: Json | undefined): boolean {
  return isJsonObject(rule) && rule['Operand'] === 'distinct_hosts';
}
