import type { FleetJob } from '../../kinds/kind.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { type CodeEntry, findingOf } from '../../model/diagnostic-code.ts';
import { objectsOf } from '../../model/json-values.ts';
import { didYouMean } from '../../model/nearest.ts';
import type { Rule } from '../rule.ts';
import { type Constraint, constraintText } from './constraint.ts';
import { constraintsOf } from './constraints-of.ts';
import { placementCodes } from './placement-codes.ts';

const operators: readonly string[] = [
  '=',
  '==',
  'is',
  '!=',
  'not',
  '<',
  '<=',
  '>',
  '>=',
  'version',
  'semver',
  'regexp',
  'set_contains',
  'set_contains_all',
  'set_contains_any',
  'is_set',
  'is_not_set',
  'distinct_hosts',
  'distinct_property',
];

const nodeTargets: readonly string[] = [
  '${node.unique.id}',
  '${node.unique.name}',
  '${node.datacenter}',
  '${node.class}',
  '${node.pool}',
];

/** Constraints are such as Nomad reads. */
export const constraintForm: Rule = (fleet) =>
  fleet.jobs().flatMap((fleetJob) =>
    uniqueConstraints(fleetJob).flatMap((constraint) => {
      const problem = problemOf(constraint);
      if (problem === undefined) return [];
      const { entry, message, hint } = problem;
      return [findingOf(entry, { span: fleetJob.locate(constraint.place), message, hint })] as Diagnostic[];
    }),
  );

/** A job's own constraints hold for each group, and are told once. */
function uniqueConstraints({ job }: FleetJob): readonly Constraint[] {
  const all = objectsOf(job['TaskGroups']).flatMap((group) => constraintsOf(job, group));
  return [...new Map(all.map((constraint) => [JSON.stringify(constraint.place), constraint])).values()];
}

interface Problem {
  readonly entry: CodeEntry;
  readonly message: string;
  readonly hint?: string | undefined;
}

function problemOf(constraint: Constraint): Problem | undefined {
  const { left, operator, right, place } = constraint;
  if (!operators.includes(operator)) {
    const message = `Nomad has no operator ${operator}`;
    return { entry: placementCodes.operator, message, hint: didYouMean(operator, operators) };
  }
  if (operator.startsWith('distinct_')) {
    const message = `${operator} stands in the task ${place.task ?? ''}`;
    return place.task === undefined ? undefined : { entry: placementCodes.taskDistinct, message };
  }
  const unknown = [left, right].find((target) => target.startsWith('${') && !isTarget(target));
  if (unknown !== undefined) {
    const message = `a node has no ${unknown}`;
    return { entry: placementCodes.target, message, hint: didYouMean(unknown, nodeTargets) };
  }
  if (left.startsWith('${') || right.startsWith('${')) return undefined;
  return {
    entry: placementCodes.literal,
    message: `"${constraintText(constraint)}" does not look at the node`,
  };
}

function isTarget(target: string): boolean {
  return nodeTargets.includes(target) || /^\$\{(?:attr|meta)\.[^{}]+\}$/.test(target);
}
