import type { Fleet, KindName, Reference } from '../kinds/kind.ts';
import { withArticle } from '../model/article.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { findingOf } from '../model/diagnostic-code.ts';
import { missingDefinition } from '../model/mistake.ts';
import { didYouMean } from '../model/nearest.ts';
import { nameless, type Resource, resourceId } from '../model/resource.ts';
import { analyseCodes } from './analyse-codes.ts';
import { doubtfulNamespaces } from './doubtful-namespaces.ts';
import type { Rule } from './rule.ts';

/** Every mention of another definition names one that exists; those of definitions with errors of their own, too. */
export const references: Rule = (fleet, kinds) => {
  const mentionsOf = (resource: Resource): readonly Reference[] =>
    kinds.get(resource.kind as KindName)?.references?.(resource) ?? [];
  const drafts = new Set(fleet.drafts?.map(({ resource }) => resource));
  const isDoubtful = (resource: Resource) =>
    drafts.has(resource) || doubtfulNamespaces(fleet, kinds).has(resource);
  const known: Known = { fleet, isDoubtful };
  const missed = (resource: Resource, reference: Reference) =>
    isFulfilled(fleet, reference) || isBroken(fleet, reference) ? [] : check(known, resource, reference);
  return [
    ...fleet.resources.flatMap((resource) =>
      mentionsOf(resource).flatMap((reference) => missed(resource, reference)),
    ),
    ...(fleet.drafts ?? []).flatMap((draft) =>
      mentionsOf(draft.resource)
        .filter(({ at }) => draft.isSound(at))
        .flatMap((reference) => missed(draft.resource, reference)),
    ),
  ];
};

interface Known {
  readonly fleet: Fleet;
  /** Whether the namespace of a definition has a finding of its own, or may have. */
  readonly isDoubtful: (resource: Resource) => boolean;
}

function check(
  { fleet, isDoubtful }: Known,
  resource: Resource,
  reference: Reference,
): readonly Diagnostic[] {
  const { name, namespace, at } = reference;
  const wanted = kindsOf(reference);
  const span = resource.locate(at);
  const where = namespace === undefined ? '' : ` in the namespace ${namespace}`;
  const other = fleet.resources.find((found) => found.metadata.name === name && found.kind !== resource.kind);
  const near = nearHint(fleet, reference);
  if (other !== undefined && near === undefined && !wanted.some((one) => one === other.kind)) {
    const message = `${name} is ${withArticle(other.kind)}, and ${withArticle(wanted.join(' or '))} is wanted here`;
    return [findingOf(analyseCodes.referenceKind, { span, message })];
  }
  const namesake = elsewhere(fleet, reference);
  // One of the two is in a namespace that it should not be in, which is said there.
  if (namesake !== undefined && [resource, namesake].some(isDoubtful)) return [];
  const message = `there is no ${wanted.join(' or ')} ${name}${where}`;
  const hint = namesake === undefined ? near : namesakeHint(namesake);
  const mistake = missingDefinition(reference.kind, name, namespace);
  return [{ ...findingOf(analyseCodes.referenceMissing, { span, message, hint }), mistake }];
}

function nearHint(fleet: Fleet, reference: Reference): string | undefined {
  const known = kindsOf(reference).flatMap((kind) => fleet.byKind(kind));
  return didYouMean(
    reference.name,
    known.map(({ metadata }) => metadata.name),
  );
}

function isFulfilled(fleet: Fleet, reference: Reference): boolean {
  const { name, namespace, onceDeclared } = reference;
  const wanted = kindsOf(reference);
  const isFree = onceDeclared === true && wanted.every((one) => fleet.byKind(one).length === 0);
  return isFree || wanted.some((one) => fleet.find(one, name, namespace) !== undefined);
}

/** What is declared with findings of its own is there. */
function isBroken(fleet: Fleet, reference: Reference): boolean {
  const { name, namespace } = reference;
  return kindsOf(reference).some((kind) => {
    const plain = resourceId({ kind, metadata: { name } });
    const inNamespace = resourceId({ kind, metadata: { name, namespace: namespace ?? 'default' } });
    return [plain, inNamespace, nameless(kind)].some((id) => fleet.isBroken?.(id) === true);
  });
}

function kindsOf({ kind, orKinds = [] }: Reference): readonly KindName[] {
  return [kind, ...orKinds];
}

/** The same name in another namespace is the likeliest mistake. */
function elsewhere(fleet: Fleet, reference: Reference): Resource | undefined {
  return kindsOf(reference)
    .flatMap((kind) => fleet.byKind(kind))
    .find(({ metadata }) => metadata.name === reference.name && metadata.namespace !== undefined);
}

function namesakeHint({ metadata: { namespace, name } }: Resource): string {
  return `it is in the namespace ${namespace}: write {namespace: ${namespace}, name: ${name}}`;
}
