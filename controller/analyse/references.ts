import type { AnyKind } from '../kinds/index.ts';
import type { Fleet, KindName, Reference } from '../kinds/kind.ts';
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
  const { name, namespace, at } = reference;
  const wanted = kindsOf(reference);
  const isThere = wanted.some((one) => fleet.find(one, name, namespace) !== undefined);
  const isFree = reference.onceDeclared === true && wanted.every((one) => fleet.byKind(one).length === 0);
  if (isThere || isFree || isBroken(fleet, reference)) return [];
  const span = resource.locate(at);
  const where = namespace === undefined ? '' : ` in the namespace ${namespace}`;
  const other = fleet.resources.find((found) => found.metadata.name === name && found.kind !== resource.kind);
  if (other !== undefined && !wanted.some((one) => one === other.kind)) {
    const message = `${name} is a ${other.kind}, and a ${wanted.join(' or ')} is wanted here`;
    return [findingOf(analyseCodes.referenceKind, { span, message })];
  }
  const names = wanted.flatMap((one) => fleet.byKind(one)).map((found) => found.metadata.name);
  const message = `there is no ${wanted.join(' or ')} ${name}${where}`;
  return [
    findingOf(analyseCodes.referenceMissing, {
      span,
      message,
      hint: elsewhere(fleet, reference) ?? didYouMean(name, names),
    }),
  ];
}

/** What is declared with findings of its own is there. */
function isBroken(fleet: Fleet, reference: Reference): boolean {
  const { name, namespace } = reference;
  return kindsOf(reference).some((kind) => {
    const plain = resourceId({ kind, metadata: { name } });
    const inNamespace = resourceId({ kind, metadata: { name, namespace: namespace ?? 'default' } });
    return fleet.isBroken?.(plain) === true || fleet.isBroken?.(inNamespace) === true;
  });
}

function kindsOf({ kind, orKinds = [] }: Reference): readonly KindName[] {
  return [kind, ...orKinds];
}

/** The same name in another namespace is the likeliest mistake. */
function elsewhere(fleet: Fleet, reference: Reference): string | undefined {
  const { name } = reference;
  const found = kindsOf(reference)
    .flatMap((kind) => fleet.byKind(kind))
    .find(({ metadata }) => metadata.name === name && metadata.namespace !== undefined);
  if (found === undefined) return undefined;
  return `it is in the namespace ${found.metadata.namespace}: write {namespace: ${found.metadata.namespace}, name: ${name}}`;
}
