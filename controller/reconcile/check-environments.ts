import { gatherUnjoined } from '../analyse/gather-unjoined.ts';
import { type PlacedWaiver, uselessWaivers, waive, waiverFindings } from '../analyse/governance/waivers.ts';
import type { CompiledProject } from '../compile/compile-project.ts';
import { mergeDiagnostics } from '../compile/merge-diagnostics.ts';
import type { Fleet } from '../kinds/kind.ts';
import { type Diagnostic, hasErrors, type WaivedFinding } from '../model/diagnostic.ts';
import type { SourceTree } from '../model/source.ts';
import type { RenderedUnits } from '../render/render-units.ts';
import { type ExaminedEnvironment, examineEnvironments, type ParsedJobs } from './examine-environments.ts';

export interface CheckedEnvironments {
  readonly fleets: ReadonlyMap<string, Fleet>;
  /** Sorted, each once; those that several environments share carry no environment. */
  readonly diagnostics: readonly Diagnostic[];
  /** All that holds for one environment, shared findings with it. */
  readonly diagnosticsByEnvironment: ReadonlyMap<string, readonly Diagnostic[]>;
  readonly waived: readonly WaivedFinding[];
  /** All that each environment's definitions give. */
  readonly waivers: ReadonlyMap<string, readonly PlacedWaiver[]>;
  /** What each environment renders to; none of those that had errors before. */
  readonly rendered: ReadonlyMap<string, RenderedUnits>;
}

export interface CheckOptions {
  /** `2026-12-31`: what the days of waivers are held against; they do not end without it. */
  readonly today?: string | undefined;
}

interface Checked {
  readonly name: string;
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
  { parsed, options }: { readonly parsed: ReadonlyMap<string, ParsedJobs>; readonly options: CheckOptions },
): CheckedEnvironments {
  return tellFindings(project, examineEnvironments(project, source, parsed), options);
}

/**
 * What is told of environments that were examined: without what waivers accept, and with what programs said of each one's
 * files, where they were asked. May be asked again once they were.
 */
export function tellFindings(
  { diagnostics }: CompiledProject,
  examined: readonly ExaminedEnvironment[],
  {
    today,
    programs,
  }: CheckOptions & { readonly programs?: ReadonlyMap<string, readonly Diagnostic[]> | undefined },
): CheckedEnvironments {
  const checked = examined.map((environment) =>
    checkEnvironment(environment, programs?.get(environment.name) ?? [], today),
  );
  const useless = uselessWaivers(checked, today);
  const byEnvironment = new Map(checked.map(({ name, kept }) => [name, [...kept, ...useless]]));
  const all = checked.length === 0 ? diagnostics : [...byEnvironment.values()].flat();
  return {
    fleets: new Map(examined.map(({ name, fleet }) => [name, fleet])),
    diagnostics: mergeDiagnostics(all),
    diagnosticsByEnvironment: byEnvironment,
    waived: mergeWaived(checked.flatMap(({ waived }) => waived)),
    waivers: new Map(checked.map(({ name, waivers }) => [name, waivers])),
    rendered: new Map(
      checked.flatMap(({ name, rendered }) => (rendered === undefined ? [] : [[name, rendered] as const])),
    ),
  };
}

function checkEnvironment(
  { name, fleet, found, waivers, rendered: render }: ExaminedEnvironment,
  said: readonly Diagnostic[],
  today: string | undefined,
): Checked {
  const used = new Set<PlacedWaiver>();
  const first = waive([...found, ...said], waivers, { today, used });
  // Texts that are expanded for each server show their mistakes only when they are rendered.
  const rendered = hasErrors(first.kept) ? undefined : render();
  const second = waive(rendered?.diagnostics ?? [], waivers, { today, used });
  const kept = [...gatherUnjoined(fleet, first.kept), ...second.kept, ...waiverFindings(waivers, today)];
  return { name, kept, waived: [...first.waived, ...second.waived], waivers, used, rendered };
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
