import type { PlanPolicy } from '../../model/environment.ts';
import type { Resource } from '../../model/resource.ts';
import type { PolicySpec } from './schema.ts';

/** What the environment's rules carry of a policy over plans. */
export function planPolicyOf(
  { metadata, spec }: Resource<PolicySpec>,
  environment: string,
): PlanPolicy | undefined {
  const { on, rule, message, level = 'Error', environments } = spec;
  if (on !== 'Plan') return undefined;
  if (environments !== undefined && !environments.includes(environment)) return undefined;
  return { name: metadata.name, rule, message, level };
}
