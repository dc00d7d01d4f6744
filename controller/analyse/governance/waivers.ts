import { annotationNames } from '../../kinds/annotations.ts';
import { readWaivers, type Waiver } from '../../kinds/waivers.ts';
import type { Diagnostic, Span, WaivedFinding } from '../../model/diagnostic.ts';
import { findingOf } from '../../model/diagnostic-code.ts';
import { type Resource, type ResourceId, resourceId } from '../../model/resource.ts';
import { waiverCodes } from './waiver-codes.ts';

/** A definition and the places that are its own: its documents, and the file of its job. */
export interface OwnedPlaces {
  readonly resource: Resource;
  readonly spans: readonly Span[];
}

export interface PlacedWaiver extends Waiver {
  /** Where it is written; with the code the identity of a waiver across environments. */
  readonly at: Span;
  /** The definition that gives it. */
  readonly by: ResourceId;
  readonly spans: readonly Span[];
}

const dayMs = 24 * 60 * 60 * 1000;
const longestDays = 366;

/** Every waiver that the definitions give. */
export function placedWaivers(places: readonly OwnedPlaces[]): readonly PlacedWaiver[] {
  return places.flatMap(({ resource, spans }) => {
    const text = resource.metadata.annotations[annotationNames.waive];
    if (text === undefined) return [];
    const at = resource.locate(['metadata', 'annotations', annotationNames.waive]);
    const by = resourceId(resource);
    return readWaivers(text).waivers.map((waiver) => ({ ...waiver, at, by, spans }));
  });
}

/**
 * Divides findings into those that stay and those that are waived. `today` is `2026-12-31`; without it no waiver expires. Waivers
 * that were of use are added to `used`.
 */
export function waive(
  findings: readonly Diagnostic[],
  waivers: readonly PlacedWaiver[],
  options: { readonly today: string | undefined; readonly used: Set<PlacedWaiver> },
): { readonly kept: readonly Diagnostic[]; readonly waived: readonly WaivedFinding[] } {
  const { today, used } = options;
  const valid = waivers.filter(({ until }) => today === undefined || until >= today);
  const kept: Diagnostic[] = [];
  const waived: WaivedFinding[] = [];
  for (const finding of findings) {
    const waiver = isWaivable(finding) ? valid.find((each) => covers(each, finding)) : undefined;
    if (waiver === undefined) kept.push(finding);
    else {
      used.add(waiver);
      waived.push({ finding, reason: waiver.reason });
    }
  }
  return { kept, waived };
}

/**
 * Rules of the fleet as a whole and warnings can be accepted. What makes a definition meaningless can't (its rendering would
 * be, too), nor what tenants and policies say to its author.
 */
export function isWaivable({ code, severity }: Pick<Diagnostic, 'code' | 'severity'>): boolean {
  if (isNeverWaivable(code)) return false;
  const number = numberOf(code);
  const isRule = (number >= 510 && number < 600) || (number >= 800 && number < 920);
  return severity !== 'error' || isRule;
}

/** Text, schema, expressions, the rendered tree, and waivers themselves. */
function isNeverWaivable(code: string): boolean {
  const number = numberOf(code);
  return number < 500 || (number >= 700 && number < 800) || number >= 940;
}

/** What programs say of their own files: whoever has not asked them knows nothing of it. */
function isOfProgram(code: string): boolean {
  const number = numberOf(code);
  return number >= 860 && number < 870;
}

function numberOf(code: string): number {
  return Number(code.slice(3));
}

function covers({ code, spans }: PlacedWaiver, finding: Diagnostic): boolean {
  return code === finding.code && spans.some((span) => holds(span, finding.span));
}

function holds(outer: Span, { path, line, column }: Span): boolean {
  if (path !== outer.path || line < outer.line || line > outer.endLine) return false;
  return line > outer.line || column >= outer.column;
}

/** What is wrong with waivers by themselves: expired, or for too long. */
export function waiverFindings(
  waivers: readonly PlacedWaiver[],
  today: string | undefined,
): readonly Diagnostic[] {
  if (today === undefined) return [];
  return waivers.flatMap(({ code, until, at }) => {
    if (until < today) {
      const message = `the waiver of ${code} has expired: it was until ${until}`;
      return [findingOf(waiverCodes.expired, { span: at, message })];
    }
    const days = (Date.parse(until) - Date.parse(today)) / dayMs;
    if (days <= longestDays) return [];
    const message = `the waiver of ${code} is until ${until}, in ${Math.round(days / 30)} months`;
    return [findingOf(waiverCodes.farAway, { span: at, message })];
  });
}

/** Waivers that no environment has a use for: of a finding that stays whatever is said, or of none. */
export function uselessWaivers(
  environments: readonly {
    readonly waivers: readonly PlacedWaiver[];
    readonly used: ReadonlySet<PlacedWaiver>;
    readonly kept: readonly Diagnostic[];
  }[],
  today: string | undefined,
): readonly Diagnostic[] {
  const keyOf = ({ at, code }: PlacedWaiver) => `${at.path}:${at.line}:${at.column} ${code}`;
  const used = new Set(environments.flatMap((each) => [...each.used].map(keyOf)));
  const kept = environments.flatMap((each) => each.kept);
  const hasErrors = kept.some(({ severity }) => severity === 'error');
  const waivers = new Map(
    environments.flatMap((each) => each.waivers).map((waiver) => [keyOf(waiver), waiver]),
  );
  return [...waivers].flatMap(([key, waiver]) => {
    const { code, until, at } = waiver;
    if (used.has(key) || (today !== undefined && until < today)) return [];
    if (isOfProgram(code)) return [];
    const isInVain = kept.some((finding) => covers(waiver, finding) && !isWaivable(finding));
    if (isInVain || isNeverWaivable(code)) {
      return [findingOf(waiverCodes.notWaivable, { span: at, message: `${code} can't be waived` })];
    }
    // Other errors may have kept the rule from being asked.
    if (hasErrors) return [];
    return [findingOf(waiverCodes.unused, { span: at, message: `there is no ${code} here to waive` })];
  });
}
