import { analyse } from '../analyse/analyse.ts';
import { gatherUnjoined } from '../analyse/gather-unjoined.ts';
import {
  type OwnedPlaces,
  type PlacedWaiver,
  placedWaivers,
  uselessWaivers,
  waive,
  waiverFindings,
} from '../analyse/governance/waivers.ts';
import type { CompiledEnvironment, CompiledProject } from '../compile/compile-project.ts';
import { createFleet, type HclOutcome } from '../compile/create-fleet.ts';
import { mergeDiagnostics } from '../compile/merge-diagnostics.ts';
import type { Fleet } from '../kinds/kind.ts';
import { type Diagnostic, hasErrors, type WaivedFinding } from '../model/diagnostic.ts';
import { type ResourceId, resourceId } from '../model/resource.ts';
import type { SourceTree } from '../model/source.ts';
import { type RenderedUnits, renderUnits } from '../render/render-units.ts';

export interface CheckedEnvironments {
  readonly fleets: ReadonlyMap<string, Fleet>;
  /** Sorted, each once; those that several environments share carry no environment. */
  readonly diagnostics: readonly Diagnostic[];
  /** All that holds for one environment, shared findings with it. */
  readonly diagnosticsByEnvironment: ReadonlyMap<string, readonly Diagnostic[]>;
  readonly waived: readonly WaivedFinding[];
  /** What each environment renders to; none of those that had errors before. */
  readonly rendered: ReadonlyMap<string, RenderedUnits>;
}

export interface CheckOptions {
  /** `2026-12-31`: what the days of waivers are held against; they do not end without it. */
  readonly today?: string | undefined;
}

/** Jobs of an environment as Nomad's parser read them. */
export type ParsedJobs = ReadonlyMap<ResourceId, HclOutcome>;

interface Checked {
  readonly name: string;
  readonly fleet: Fleet;
  readonly kept: readonly Diagnostic[];
  readonly waived: readonly WaivedFinding[];
  readonly waivers: readonly PlacedWaiver[];
  readonly used: ReadonlySet<PlacedWaiver>;
  readonly rendered: RenderedUnits | undefined;
}

/** All that is wrong with every environment, once its jobs are parsed. Findings are data. Pure. */
export function checkEnvironments(
  project: CompiledProject,
  source: SourceTree,
  request: {
    readonly parsed: ReadonlyMap<string, ParsedJobs>;
    /** What programs said of each environment's configuration files, where they were asked. */
    readonly programs?: ReadonlyMap<string, readonly Diagnostic[]>;
    readonly options: CheckOptions;
  },
): CheckedEnvironments {
  const { parsed, programs, options } = request;
  const environments = [...project.environments].map(([name, compiled]) => ({ name, compiled }));
  const checked = environments.map(({ name, compiled }) => {
    const { fleet, diagnostics } = createFleet(compiled, source, parsed.get(name) ?? new Map());
    const said = [...diagnostics, ...(programs?.get(name) ?? [])];
    return checkEnvironment({ name, compiled, fleet, parsed: said }, project, options);
  });
  const useless = uselessWaivers(checked, options.today);
  const byEnvironment = new Map(checked.map(({ name, kept }) => [name, [...kept, ...useless]]));
  const all = checked.length === 0 ? project.diagnostics : [...byEnvironment.values()].flat();
  return {
    fleets: new Map(checked.map(({ name, fleet }) => [name, fleet])),
    diagnostics: mergeDiagnostics(all),
    diagnosticsByEnvironment: byEnvironment,
    waived: mergeWaived(checked.flatMap(({ waived }) => waived)),
    rendered: new Map(
      checked.flatMap(({ name, rendered }) => (rendered === undefined ? [] : [[name, rendered] as const])),
    ),
  };
}

function checkEnvironment(
  environment: {
    readonly name: string;
    readonly compiled: CompiledEnvironment;
    readonly fleet: Fleet;
    readonly parsed: readonly Diagnostic[];
  },
  project: CompiledProject,
  { today }: CheckOptions,
): Checked {
  const { name, compiled, fleet, parsed } = environment;
  const waivers = placedWaivers(ownedPlaces(project, compiled, fleet));
  const used = new Set<PlacedWaiver>();
  const found = [...project.diagnostics, ...compiled.diagnostics, ...parsed, ...analyse(fleet)];
  const first = waive(found, waivers, { today, used });
  // Texts that are expanded for each server show their mistakes only when they are rendered.
  const rendered = hasErrors(first.kept) ? undefined : renderUnits(fleet);
  const second = waive(rendered?.diagnostics ?? [], waivers, { today, used });
  const kept = [...gatherUnjoined(fleet, first.kept), ...second.kept, ...waiverFindings(waivers, today)];
  return { name, fleet, kept, waived: [...first.waived, ...second.waived], waivers, used, rendered };
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

function mergeWaived(waived: readonly WaivedFinding[]): readonly WaivedFinding[] {
  const reasonOf = new Map(
    waived.map(({ finding, reason }) => [`${finding.code} ${finding.message}`, reason]),
  );
  return mergeDiagnostics(waived.map(({ finding }) => finding)).map((finding) => ({
    finding,
    reason: reasonOf.get(`${finding.code} ${finding.message}`) ?? '',
  }));
}
