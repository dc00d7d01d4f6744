import { analyse } from '../analyse/analyse.ts';
import { type OwnedPlaces, type PlacedWaiver, placedWaivers } from '../analyse/governance/waivers.ts';
import type { CompiledEnvironment, CompiledProject } from '../compile/compile-project.ts';
import { createFleet, type HclOutcome } from '../compile/create-fleet.ts';
import type { Fleet } from '../kinds/kind.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { type ResourceId, resourceId } from '../model/resource.ts';
import type { SourceTree } from '../model/source.ts';
import { type RenderedUnits, renderUnits } from '../render/render-units.ts';

/** Jobs of an environment as Nomad's parser read them. */
export type ParsedJobs = ReadonlyMap<ResourceId, HclOutcome>;

/** One environment with all that its definitions say against themselves, whoever accepts it. */
export interface ExaminedEnvironment {
  readonly name: string;
  readonly fleet: Fleet;
  readonly found: readonly Diagnostic[];
  readonly waivers: readonly PlacedWaiver[];
  /** What it renders to, made when it is first asked for. */
  readonly rendered: () => RenderedUnits;
}

/** Every environment of a project, once its jobs are parsed. Pure. */
export function examineEnvironments(
  project: CompiledProject,
  source: SourceTree,
  parsed: ReadonlyMap<string, ParsedJobs>,
): readonly ExaminedEnvironment[] {
  return [...project.environments].map(([name, compiled]) => {
    const { fleet, diagnostics } = createFleet(compiled, source, parsed.get(name) ?? new Map());
    let rendered: RenderedUnits | undefined;
    return {
      name,
      fleet,
      found: [...project.diagnostics, ...compiled.diagnostics, ...diagnostics, ...analyse(fleet)],
      waivers: placedWaivers(ownedPlaces(project, compiled, fleet)),
      rendered: () => (rendered ??= renderUnits(fleet)),
    };
  });
}

function ownedPlaces(
  { project }: CompiledProject,
  compiled: CompiledEnvironment,
  fleet: Fleet,
): readonly OwnedPlaces[] {
  const jobFiles = new Map(
    compiled.hclJobs.filter(({ isFile }) => isFile).map(({ id, at }) => [id, wholeFile(at.path)]),
  );
  const own = fleet.resources.map((resource) => {
    const id = resourceId(resource);
    const documents = compiled.documents.get(id) ?? [];
    const file = jobFiles.get(id);
    return {
      resource,
      spans: [
        ...documents.flatMap((document) => document.span([], 'value') ?? []),
        ...(file === undefined ? [] : [file]),
      ],
    };
  });
  return project === undefined ? own : [{ resource: project, spans: [project.locate([])] }, ...own];
}

function wholeFile(path: string) {
  return { path, line: 1, column: 1, endLine: Number.MAX_SAFE_INTEGER, endColumn: 1 };
}
