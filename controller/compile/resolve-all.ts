import { createEvaluator, type Evaluator, withLocals } from '../expression/create-evaluator.ts';
import { expandText } from '../expression/expand-template.ts';
import type { ServerFacts } from '../expression/scope.ts';
import type { ServerSpec } from '../kinds/server/schema.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Environment } from '../model/environment.ts';
import type { Resource, ResourceId } from '../model/resource.ts';
import { createScope } from './create-scope.ts';
import type { Kinds } from './definition.ts';
import { type ExpandedDefinitions, expandDefinitions, foldMembers } from './expand-definitions.ts';
import type { Laid, Overlaid, PatchProblem } from './overlay.ts';
import { type Resolved, resolveResource } from './resolve-resource.ts';
import { serverFacts } from './server-facts.ts';

export interface ResolvedAll {
  /** With what groups stand for. */
  readonly laid: readonly Laid[];
  readonly resources: readonly Resource[];
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
  const results = new Map<Laid, Resolved>(expanded.groups);
  for (const server of laid.filter(isServer)) {
    const evaluator = server.locals === undefined ? plain : withLocals(counting, server.locals);
    results.set(server, resolveResource(server, evaluator));
  }
  const facts = factsOf(results);
  const expand = (text: string) => expandText(text, plain).value ?? text;
  const evaluator = createEvaluator(createScope({ ...base, expand, servers: facts }));
  for (const other of laid) if (!results.has(other)) results.set(other, resolveResource(other, evaluator));
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
): Pick<ResolvedAll, 'resources' | 'diagnostics' | 'brokenIds' | 'hasUnknown'> {
  const sorted = [...results].sort(([a], [b]) => (a.id < b.id ? -1 : 1));
  const groups = [...expanded.members.values()];
  const grouped = new Set(groups.flat());
  const alone = sorted.filter(([laid]) => !grouped.has(laid));
  return {
    resources: sorted.flatMap(([, { resource }]) => resource ?? []),
    diagnostics: [
      ...overlaid.unmatched.map((patch) => explainUnmatched(patch, expanded.owners)),
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

/** A member of a group is no document that a layer could patch: its group is. */
function explainUnmatched(
  { id, finding }: PatchProblem,
  owners: ReadonlyMap<ResourceId, ResourceId>,
): Diagnostic {
  const owner = owners.get(id);
  return owner === undefined ? finding : { ...finding, hint: `it is a member of ${owner}: patch that` };
}
