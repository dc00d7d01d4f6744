import type { Evaluator } from '../expression/create-evaluator.ts';
import { withLocals } from '../expression/create-evaluator.ts';
import { expandText } from '../expression/expand-template.ts';
import type { ExpandedResource, ResourceExpansion, SourceView } from '../kinds/expansion.ts';
import { type Diagnostic, hasErrors, placeKey } from '../model/diagnostic.ts';
import { findingOf } from '../model/diagnostic-code.ts';
import { type FieldPath, isInside, type ResourceId, resourceId } from '../model/resource.ts';
import { layoutCodes } from './compile-codes.ts';
import type { Kinds } from './definition.ts';
import { isIdentity, type Laid, locateIn } from './overlay.ts';
import type { ParsedDocument } from './parse-file.ts';
import { problemIn, type Resolved, resolveResource } from './resolve-resource.ts';

/** An environment has at most so many resources from groups. */
const maxExpanded = 10_000;

/** The definitions that stand for others, resolved, and what they stand for. */
export interface ExpandedDefinitions {
  readonly groups: ReadonlyMap<Laid, Resolved>;
  /** The members of each group, laid as if they had been written out. */
  readonly members: ReadonlyMap<Laid, readonly Laid[]>;
  /** Which group each member is of, used or not. */
  readonly owners: ReadonlyMap<ResourceId, ResourceId>;
  readonly diagnostics: readonly Diagnostic[];
  readonly brokenIds: ReadonlySet<ResourceId>;
  readonly hasUnknown: boolean;
}

interface ExpandContext {
  /** For the definitions themselves, and for texts with local numbers. */
  readonly evaluators: { readonly plain: Evaluator; readonly counting: Evaluator };
  readonly kinds: Kinds;
  readonly brokenIds: ReadonlySet<ResourceId>;
}

/** Replaces nothing: groups stay, and their members come beside them. */
export function expandDefinitions(laid: readonly Laid[], context: ExpandContext): ExpandedDefinitions {
  const groups = new Map<Laid, Resolved>();
  const members = new Map<Laid, readonly Laid[]>();
  const brokenIds = new Set<ResourceId>();
  const diagnostics: Diagnostic[] = [];
  const owners = new Map<ResourceId, ResourceId>();
  const known = new Map(laid.map((definition) => [definition.id, definition]));
  let hasUnknown = false;
  let count = 0;
  for (const group of laid) {
    if (group.definition.kind.expand === undefined) continue;
    const resolved = resolveResource(group, context.evaluators.plain);
    groups.set(group, resolved);
    const expansion = expandOne(group, resolved, { context, limit: maxExpanded - count, diagnostics });
    diagnostics.push(...expansion.diagnostics);
    for (const id of expansion.brokenIds) brokenIds.add(id);
    hasUnknown ||= expansion.isUnknown;
    const found = expansion.resources.flatMap((resource) => layMember(group, resource, context.kinds) ?? []);
    const twins = found.filter(({ id }) => known.has(id));
    diagnostics.push(...twins.map((twin) => duplicate(twin, known.get(twin.id))));
    for (const { id } of found) owners.set(id, group.id);
    const own = found.filter((member) => !twins.includes(member) && !context.brokenIds.has(member.id));
    for (const member of own) known.set(member.id, member);
    members.set(group, own);
    count += own.length;
  }
  return { groups, members, owners, diagnostics, brokenIds, hasUnknown };
}

function expandOne(
  group: Laid,
  { draft, findings }: Resolved,
  run: { context: ExpandContext; limit: number; diagnostics: Diagnostic[] },
): ResourceExpansion {
  const nothing = { resources: [], diagnostics: [], brokenIds: [], isUnknown: true };
  if (draft === undefined) return nothing;
  const wrong = findings.filter(({ diagnostic }) => hasErrors([diagnostic])).map(({ at }) => at);
  const expansion = group.definition.kind.expand?.(draft, {
    limit: run.limit,
    isSound: (at) => !wrong.some((path) => isInside(path, at)),
    evaluate: (at, text, locals) => {
      const { value, problems } = expandText(text, withLocals(run.context.evaluators.counting, locals));
      run.diagnostics.push(...problems.map((problem) => problemIn(group, at, text, problem)));
      return value;
    },
  });
  return expansion ?? nothing;
}

function layMember(group: Laid, resource: ExpandedResource, kinds: Kinds): Laid | undefined {
  const kind = kinds.get(resource.kind);
  if (kind === undefined) return undefined;
  const { name, labels, annotations, spec, own, shared, locals } = resource;
  const metadata = { name, labels, annotations };
  const id = resourceId({ kind: kind.name, metadata });
  const documents = [shared, own].flatMap((view) =>
    group.documents.map((document) => documentThrough(document, view)),
  );
  const { document } = group.definition;
  const definition = {
    id,
    kind,
    name,
    namespace: undefined,
    patch: 'none' as const,
    value: {},
    document,
  };
  const laid = { id, definition, metadata, spec, documents, locate: locateIn(documents, isIdentity) };
  return locals === undefined ? laid : { ...laid, locals };
}

/** A group's document as one of its members sees it. */
function documentThrough(document: ParsedDocument, view: SourceView): ParsedDocument {
  return {
    path: document.path,
    value: document.value,
    isBroken: document.isBroken,
    through: (at) => view(at)?.at,
    span: (at, part) => {
      const place = view(at);
      return place === undefined ? undefined : document.span(place.at, place.part ?? part);
    },
    plain: (at) => {
      const place = view(at);
      return place === undefined ? undefined : document.plain(place.at);
    },
    textSpan: (at, text, part) => {
      const place = view(at);
      return place === undefined ? undefined : document.textSpan(place.at, text, part);
    },
  };
}

function duplicate(twin: Laid, first: Laid | undefined): Diagnostic {
  const at = ['metadata', 'name'];
  return findingOf(layoutCodes.duplicate, {
    span: twin.locate(at),
    message: `${twin.id} is declared twice`,
    hint: 'a server is a member of one group or stands alone: remove one of the two',
    ...(first === undefined ? {} : { related: [{ message: 'first declared here', span: first.locate(at) }] }),
  });
}

/**
 * What is found of the members of one group. What all of them lack is told once, where they share it, and one mistake at one
 * place is told once, however many have it.
 */
export function foldMembers(
  members: readonly Laid[],
  resolved: ReadonlyMap<Laid, Resolved>,
): readonly Diagnostic[] {
  const found = members.flatMap((member) =>
    (resolved.get(member)?.findings ?? []).map((finding) => ({ ...finding, member })),
  );
  const alike = Map.groupBy(found, ({ at, diagnostic }) =>
    JSON.stringify([diagnostic.code, diagnostic.message, at]),
  );
  const folded = [...alike.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined || members.length < 2 || same.length < members.length)
      return same.map(({ diagnostic }) => diagnostic);
    return [{ ...first.diagnostic, span: sharedSpan(first) }];
  });
  const byPlace = Map.groupBy(folded, placeKey);
  return [...byPlace.values()].flatMap(([first]) => first ?? []);
}

function sharedSpan({ member, at, diagnostic }: { member: Laid; at: FieldPath; diagnostic: Diagnostic }) {
  const half = member.documents.length / 2;
  const shared = member.documents.slice(0, half);
  const isShared = shared.some((document) => document.span(at, 'key') !== undefined);
  return isShared ? locateIn(shared)(at, 'key') : diagnostic.span;
}
