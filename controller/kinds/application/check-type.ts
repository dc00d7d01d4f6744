import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Resource } from '../../model/resource.ts';
import { finding } from '../finding.ts';
import { kindCodes } from '../kind-codes.ts';
import type { ApplicationSpec } from './schema.ts';

type TypedField = 'count' | 'schedule' | 'once' | 'update' | 'migration';

/** The types that a field means something for, and why not for others. */
const rules: Readonly<Record<TypedField, { readonly types: readonly string[]; readonly why: string }>> = {
  count: { types: ['Service', 'Batch'], why: 'one instance runs on every server that fits' },
  schedule: { types: ['Batch', 'Sysbatch'], why: 'only what comes to an end is run at times' },
  once: { types: ['Batch'], why: 'only a batch job that is not scheduled comes to one end' },
  update: { types: ['Service', 'System'], why: 'only what keeps running is replaced step by step' },
  migration: { types: ['Service', 'System'], why: 'only what keeps running has a former version to keep' },
};

/** Fields that mean nothing for the application's type. */
export function checkType(resource: Resource<ApplicationSpec>): readonly Diagnostic[] {
  const { spec } = resource;
  const type = spec.type ?? 'Service';
  const misplaced = (Object.keys(rules) as TypedField[])
    .filter((field) => spec[field] !== undefined && !rules[field].types.includes(type))
    .map((field) => ({
      field,
      message: `${field} means nothing for an application of type ${type}: ${rules[field].why}`,
    }));
  const both =
    spec.once !== undefined && spec.schedule !== undefined && type === 'Batch'
      ? [{ field: 'once' as const, message: 'a job with a schedule runs again and again, never once' }]
      : [];
  return [...misplaced, ...both].map(({ field, message }) =>
    finding(resource, ['spec', field], { entry: kindCodes.jobType, message, part: 'key' }),
  );
}
