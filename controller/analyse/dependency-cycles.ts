import { type Dependent, dependencyReferences } from '../kinds/nomad-job/references.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { findingOf } from '../model/diagnostic-code.ts';
import { type Resource, type ResourceId, resourceId } from '../model/resource.ts';
import { analyseCodes } from './analyse-codes.ts';
import type { Rule } from './rule.ts';

interface Step {
  readonly to: Resource;
  readonly at: readonly (string | number)[];
}

/** No job waits for itself, however many others lie between. */
export const dependencyCycles: Rule = (fleet) => {
  const steps = new Map<ResourceId, readonly Step[]>();
  for (const { resource } of fleet.jobs()) {
    const found = dependencyReferences(resource as Resource<Dependent>).flatMap(({ name, namespace, at }) => {
      const to = fleet.find('NomadJob', name, namespace) ?? fleet.find('Application', name, namespace);
      return to === undefined ? [] : [{ to, at }];
    });
    steps.set(resourceId(resource), found);
  }
  const told = ending(steps);
  return fleet.jobs().flatMap(({ resource }) => {
    if (told.has(resourceId(resource))) return [];
    const circle = circleOf(resource, steps);
    for (const { to } of circle) told.add(resourceId(to));
    return circle.length === 0 ? [] : [cycleFinding(resource, circle)];
  });
};

/** Those from which every way ends: nearly all, so that only the few others are walked from. */
function ending(steps: ReadonlyMap<ResourceId, readonly Step[]>): Set<ResourceId> {
  const open = new Map([...steps].map(([id, all]) => [id, all.length]));
  const before = Map.groupBy(
    [...steps].flatMap(([from, all]) => all.map(({ to }) => ({ from, to: resourceId(to) }))),
    ({ to }) => to,
  );
  const found = new Set([...steps].filter(([, all]) => all.length === 0).map(([id]) => id));
  for (const id of found) {
    for (const { from } of before.get(id) ?? []) {
      const left = (open.get(from) ?? 0) - 1;
      open.set(from, left);
      if (left === 0) found.add(from);
    }
  }
  return found;
}

/** The shortest way from a definition back to itself; empty when there is none. */
function circleOf(start: Resource, steps: ReadonlyMap<ResourceId, readonly Step[]>): readonly Step[] {
  const goal = resourceId(start);
  const before = new Map<ResourceId, { readonly step: Step; readonly from: ResourceId }>();
  const open: ResourceId[] = [goal];
  for (const from of open) {
    for (const step of steps.get(from) ?? []) {
      const id = resourceId(step.to);
      if (before.has(id)) continue;
      before.set(id, { step, from });
      if (id === goal) return wayTo(goal, before);
      open.push(id);
    }
  }
  return [];
}

function wayTo(
  goal: ResourceId,
  before: ReadonlyMap<ResourceId, { readonly step: Step; readonly from: ResourceId }>,
): readonly Step[] {
  const way: Step[] = [];
  let id = goal;
  do {
    const last = before.get(id);
    if (last === undefined) return [];
    way.unshift(last.step);
    id = last.from;
  } while (id !== goal);
  return way;
}

function cycleFinding(start: Resource, circle: readonly Step[]): Diagnostic {
  const [first, ...others] = circle;
  const names = [start, ...circle.map(({ to }) => to)].map(({ metadata }) => metadata.name);
  return findingOf(analyseCodes.dependencyCycle, {
    span: start.locate(first?.at ?? ['spec', 'dependsOn']),
    message: names.length === 2 ? `${names[0]} waits for itself` : names.join(' waits for '),
    related: others.map(({ at }, index) => {
      const from = circle[index]?.to ?? start;
      return { message: `${from.metadata.name} waits here`, span: from.locate(at) };
    }),
  });
}
