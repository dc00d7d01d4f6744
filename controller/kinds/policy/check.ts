import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Resource } from '../../model/resource.ts';
import { finding } from '../finding.ts';
import { kindCodes } from '../kind-codes.ts';
import type { PolicySpec } from './schema.ts';

/** What a policy alone can be told; its rule and message are checked where they are used. */
export function checkPolicy(resource: Resource<PolicySpec>): readonly Diagnostic[] {
  if (resource.spec.on !== 'Plan') return [];
  const message = 'policies over plans are carried, not applied by this version';
  return [finding(resource, ['spec', 'on'], { entry: kindCodes.notApplied, message })];
}
