import type { Json, JsonObject } from '../../model/json.ts';
import { parseConstraint } from './constraint-text.ts';
import type { ApplicationSpec } from './schema.ts';

type Placement = NonNullable<ApplicationSpec['placement']>;
type Affinity = NonNullable<Placement['affinities']>[number];

const spreadTargets = {
  // The client's meta of this name is what the server's `failureDomain` renders to.
  failureDomain: '${meta.failureDomain}',
  datacenter: '${node.datacenter}',
} as const;

/** The group's share of placement; what can't be read is left to the check. */
export function placementFields(placement: Placement | undefined): JsonObject {
  if (placement === undefined) return {};
  const constraints = [
    ...(placement.constraints ?? []).flatMap((text) => constraintOf(text) ?? []),
    ...(placement.distinctHosts === true ? [{ Operand: 'distinct_hosts', RTarget: 'true' }] : []),
  ];
  const affinities = (placement.affinities ?? []).flatMap((affinity) => affinityOf(affinity) ?? []);
  return {
    ...ifAny('Constraints', constraints),
    ...ifAny('Affinities', affinities),
    ...(placement.spread === undefined
      ? {}
      : { Spreads: [{ Attribute: spreadTargets[placement.spread], Weight: 50 }] }),
  };
}

export function constraintOf(text: string): JsonObject | undefined {
  const parsed = parseConstraint(text);
  return parsed.ok ? parsed.constraint : undefined;
}

export function affinityOf(affinity: Affinity): JsonObject | undefined {
  const { expr, weight = 50 } = typeof affinity === 'string' ? { expr: affinity } : affinity;
  const constraint = constraintOf(expr);
  return constraint === undefined ? undefined : { ...constraint, Weight: weight };
}

export function ifAny(name: string, items: readonly Json[]): JsonObject {
  return items.length === 0 ? {} : { [name]: items };
}
