import { createEvaluator, type Evaluator, withLocals } from '../expression/create-evaluator.ts';
import { expandText } from '../expression/expand-template.ts';
import type { ServerFacts } from '../expression/scope.ts';
import type { Draft } from '../kinds/kind.ts';
import type { ServerSpec } from '../kinds/server/schema.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Environment } from '../model/environment.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { stepInto } from '../model/json-values.ts';
import { type FieldPath, isInside, type Resource, type ResourceId } from '../model/resource.ts';
import { schemaCodes } from './compile-codes.ts';
import { createScope } from './create-scope.ts';
import type { Kinds } from './definition.ts';
import { type ExpandedDefinitions, expandDefinitions, foldMembers } from './expand-definitions.ts';
import type { Laid, Overlaid, PatchProblem } from './overlay.ts';
import { type Resolved, resolveResource } from './resolve-resource.ts';
import { salvage } from './salvage.ts';
import type { SchemaNode } from './schema-node.ts';
import { serverFacts } from './server-facts.ts';

export interface ResolvedAll {
  /** With what groups stand for. */
  readonly laid: readonly Laid[];
  readonly resources: readonly Resource[];
  readonly drafts: readonly Draft[];
  readonly diagnostics: readonly Diagnostic[];
  readonly brokenIds: ReadonlySet<ResourceId>;
  readonly hasUnknown: boolean;
  readonly evaluator: Evaluator;
  readonly servers: ReadonlyMap<string, ServerFacts>;
}

/** The local number of a group's members. */
const locals = ['index'];

/** Groups first, for they declare servers; then servers, for all other definitions may ask for them. */
export function resolveAll(environment: Environment, overlaid: Overlaid, kinds: Kinds): ResolvedAll {
  const { laid: written } = overlaid;
  const isBroken = (id: string) => overlaid.brokenIds.has(id);
  const base = { environment, laid: written, isBroken, expand: (text: string) => text };
  const plain = createEvaluator(createScope(base));
  const counting = createEvaluator(createScope({ ...base, locals }));
  const { brokenIds } = overlaid;
  const expanded = expandDefinitions(written, { evaluators: { plain, counting }, kinds, brokenIds });
  const laid = [...written, ...[...expanded.members.values()].flat()];
  // What some document of a definition says wrong may be anything: the others are read, and not relied on.
  const settle = (one: Laid, resolved: Resolved): Resolved =>
    brokenIds.has(one.id) ? { ...resolved, resource: undefined } : resolved;
  const results = new Map([...expanded.groups].map(([group, found]) => [group, settle(group, found)]));
  for (const server of laid.filter(isServer)) {
    const evaluator = server.locals === undefined ? plain : withLocals(counting, server.locals);
    results.set(server, settle(server, resolveResource(server, evaluator)));
  }
  const facts = factsOf(results);
  const expand = (text: string) => expandText(text, plain).value ?? text;
  const evaluator = createEvaluator(createScope({ ...base, expand, servers: facts }));
  for (const other of laid) {
    if (!results.has(other)) results.set(other, settle(other, resolveResource(other, evaluator)));
  }
  return {
    laid,
    ...collect(results, { overlaid, expanded }),
    evaluator,
    servers: new Map(facts.map((server) => [server.name, server])),
  };
}

function isServer({ definition }: Laid): boolean {
  return definition.kind.name === 'Server';
}

function factsOf(results: ReadonlyMap<Laid, Resolved>): readonly ServerFacts[] {
  return [...results]
    .flatMap(([laid, { resource }]) => (isServer(laid) ? (resource ?? []) : []))
    .map((server) => serverFacts(server as unknown as Resource<ServerSpec>))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function collect(
  results: ReadonlyMap<Laid, Resolved>,
  { overlaid, expanded }: { overlaid: Overlaid; expanded: ExpandedDefinitions },
): Pick<ResolvedAll, 'resources' | 'drafts' | 'diagnostics' | 'brokenIds' | 'hasUnknown'> {
  const sorted = [...results].sort(([a], [b]) => (a.id < b.id ? -1 : 1));
  const groups = [...expanded.members.values()];
  const grouped = new Set(groups.flat());
  const alone = sorted.filter(([laid]) => !grouped.has(laid));
  return {
    resources: sorted.flatMap(([, { resource }]) => resource ?? []),
    drafts: sorted.flatMap(([laid, resolved]) => draftOf(laid, resolved) ?? []),
    diagnostics: [
      ...overlaid.unmatched.flatMap((problem) => explainUnmatched(problem, { overlaid, expanded }) ?? []),
      ...expanded.diagnostics,
      ...alone.flatMap(([, { findings }]) => findings.map(({ diagnostic }) => diagnostic)),
      ...groups.flatMap((members) => foldMembers(members, results)),
    ],
    brokenIds: new Set([
      ...overlaid.brokenIds,
      ...expanded.brokenIds,
      ...sorted.flatMap(([{ id }, { resource }]) => (resource === undefined ? [id] : [])),
    ]),
    hasUnknown: expanded.hasUnknown,
  };
}

/** What can be read of a definition with errors; nothing is said twice of the parts that they are about. */
function draftOf({ definition }: Laid, { resource, draft, findings }: Resolved): Draft | undefined {
  if (resource !== undefined || draft === undefined) return undefined;
  const wrong = findings.filter(
    ({ diagnostic }) => diagnostic.severity === 'error' && diagnostic.code !== schemaCodes.missing.code,
  );
  const spec = salvage(definition.kind.schema as SchemaNode, draft.spec) as JsonObject;
  return {
    resource: { ...draft, spec },
    isSound: (path) =>
      (path[0] !== 'spec' || hasField(draft.spec, path.slice(1))) &&
      !wrong.some(({ at }) => isInside(path, at)),
  };
}

function hasField(spec: JsonObject, path: FieldPath): boolean {
  return path.reduce<Json | undefined>((value, step) => stepInto(value, step), spec) !== undefined;
}

/** A member of a group is no document that a layer could patch: its group is. */
function explainUnmatched(
  { patch, meant, finding }: PatchProblem,
  { overlaid, expanded }: { overlaid: Overlaid; expanded: ExpandedDefinitions },
): Diagnostic | undefined {
  const owner = expanded.owners.get(patch.id);
  if (owner !== undefined) return { ...finding, hint: `it is a member of ${owner}: patch that` };
  const namespaces = new Set(
    overlaid.laid.flatMap(({ definition: { kind, name } }) => (kind.name === 'NomadNamespace' ? name : [])),
  );
  // What it patches is in a namespace that nobody declares, which is said there.
  const isAtFault = meant?.name !== patch.name || namespaces.has(meant.namespace ?? 'default');
  return isAtFault || !namespaces.has(patch.namespace ?? 'default') ? finding : undefined;
}
