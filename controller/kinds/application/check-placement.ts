import type { Diagnostic } from '../../model/diagnostic.ts';
import type { FieldPath, Resource } from '../../model/resource.ts';
import { applicationCodes } from '../application-codes.ts';
import { finding } from '../finding.ts';
import { parseConstraint } from './constraint-text.ts';
import { programsOf } from './program.ts';
import type { ApplicationSpec } from './schema.ts';

/** Conditions that can't be read, wherever they stand. */
export function checkPlacement(resource: Resource<ApplicationSpec>): readonly Diagnostic[] {
  return conditionsOf(resource).flatMap(({ text, at }) => {
    const parsed = parseConstraint(text);
    if (parsed.ok) return [];
    const { message, hint } = parsed;
    return [finding(resource, at, { entry: applicationCodes.condition, message, hint })];
  });
}

interface Condition {
  readonly text: string;
  readonly at: FieldPath;
}

function conditionsOf(resource: Resource<ApplicationSpec>): readonly Condition[] {
  const { constraints = [], affinities = [] } = resource.spec.placement ?? {};
  const at = ['spec', 'placement'];
  return [
    ...constraints.map((text, index) => ({ text, at: [...at, 'constraints', index] })),
    ...affinities.map((affinity, index) =>
      typeof affinity === 'string'
        ? { text: affinity, at: [...at, 'affinities', index] }
        : { text: affinity.expr, at: [...at, 'affinities', index, 'expr'] },
    ),
    ...programsOf(resource).flatMap((program) =>
      Object.entries(program.spec.resources.devices ?? {}).flatMap(([name, device]) =>
        (device.constraints ?? []).map((text, index) => ({
          text,
          at: [...program.at, 'resources', 'devices', name, 'constraints', index],
        })),
      ),
    ),
  ];
}
