import type { Diagnostic } from '../../model/diagnostic.ts';
import type { CodeEntry } from '../../model/diagnostic-code.ts';
import type { JsonObject } from '../../model/json.ts';
import type { FieldPath, Resource } from '../../model/resource.ts';
import { finding } from '../finding.ts';
import { fieldProblems } from './field-problems.ts';
import { jobFieldCodes } from './job-field-codes.ts';

/** A job in the API's form, or a part of one, has fields of Nomad's API, in the form that it can read. */
export function checkJobFields<S>(
  resource: Resource<S>,
  {
    job,
    at: before,
    unknown,
  }: { readonly job: JsonObject; readonly at: FieldPath; readonly unknown: CodeEntry },
): readonly Diagnostic[] {
  return fieldProblems(job).map(({ of, at, message, hint }) =>
    of === 'name'
      ? finding(resource, [...before, ...at], { entry: unknown, message, hint, part: 'key' })
      : finding(resource, [...before, ...at], { entry: jobFieldCodes.form, message, hint }),
  );
}
