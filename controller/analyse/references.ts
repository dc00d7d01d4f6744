import type { AnyKind } from '../kinds/index.ts';
import type { Fleet, Reference } from '../kinds/kind.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { findingOf } from '../model/diagnostic-code.ts';
import { didYouMean } from '../model/nearest.ts';
import { type Resource, resourceId } from '../model/resource.ts';
import { analyseCodes } from './analyse-codes.ts';
import type { Rule } from './rule.ts';

/** Every mention of another definition names one that exists. */
export const references: Rule = (fleet, kinds) =>
  fleet.resources.flatMap((resource) => {
    const kind = [...kinds.values()].find(({ name }) => name === resource.kind);
    return mentionsOf(kind, resource).flatMap((reference) => check(fleet, resource, reference));
  });

function mentionsOf(kind: AnyKind | undefined, resource: Resource): readonly Reference[] {
  return kind?.references?.(resource) ?? [];
}

function check(fleet: Fleet, resource: Resource, reference: Reference): readonly Diagnostic[] {
  const { kind, name, namespace, at } = reference;
  if (fleet.find(kind, name, namespace) !== undefined || isBroken(fleet, reference)) return [];
  const span = resource.locate(at);
  const where = namespace === undefined ? '' : ` in the namespace ${namespace}`;
  const other = fleet.resources.find((found) => found.metadata.name === name && found.kind !== resource.kind);
  if (other !== undefined && other.kind !== kind) {
    const message = `${name} is a ${other.kind}, and a ${kind} is wanted here`;
    return [findingOf(analyseCodes.referenceKind, { span, message })];
  }
  const names = fleet.byKind(kind).map((found) => found.metadata.name);
  const message = `there is no ${kind} ${name}${where}`;
  return [
    findingOf(analyseCodes.referenceMissing, {
      span,
      message,
      hint: elsewhere(fleet, reference) ?? didYouMean(name, names),
    }),
  ];
}

/** What is declared with findings of its own is there. */
function isBroken(fleet: Fleet, { kind, name, namespace }: Reference): boolean {
  const plain = resourceId({ kind, metadata: { name } });
  const inNamespace = resourceId({ kind, metadata: { name, namespace: namespace ?? 'default' } });
  return fleet.isBroken?.(plain) === true || fleet.isBroken?.(inNamespace) === true;
}

/** The same name in another namespace is the likeliest mistake. */
function elsewhere(fleet: Fleet, { kind, name }: Reference): string | undefined {
  const found = fleet
    .byKind(kind)
    .find(({ metadata }) => metadata.name === name && metadata.namespace !== undefined);
  if (found === undefined) return undefined;
  return `it is in the namespace ${found.metadata.namespace}: write {namespace: ${found.metadata.namespace}, name: ${name}}`;
}
