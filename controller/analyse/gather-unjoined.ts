import type { Fleet } from '../kinds/kind.ts';
import { compareDiagnostics, type Diagnostic, type Span } from '../model/diagnostic.ts';
import { findingOf } from '../model/diagnostic-code.ts';
import { analyseCodes } from './analyse-codes.ts';
import { unjoinedServers } from './not-joined.ts';

/** So many are named, and so many places are shown. */
const shown = 5;

/**
 * Servers that have not joined are one finding of their environment: in a new fleet it is all of them, and one by one they would
 * hide the rest. It comes after waivers, since a waiver accepts a single server.
 */
export function gatherUnjoined(fleet: Fleet, findings: readonly Diagnostic[]): readonly Diagnostic[] {
  const { code } = analyseCodes.notJoined;
  const found = findings.filter((finding) => finding.code === code).sort(compareDiagnostics);
  const names = Map.groupBy(unjoinedServers(fleet), (server) => placeOf(server.locate(['metadata', 'name'])));
  const places = new Map(found.map(({ span }) => [placeOf(span), span]));
  const crowds = [...places].map(([place, span]) => ({
    span,
    names: (names.get(place) ?? []).map(({ metadata }) => metadata.name),
  }));
  const missing = crowds.flatMap((crowd) => crowd.names);
  const [first, ...others] = crowds;
  if (first === undefined || missing.length < 2) return findings;
  const one = findingOf(analyseCodes.notJoined, {
    span: first.span,
    message: sentence(missing, fleet.byKind('Server').length),
    environment: fleet.environment.name,
    related: others.slice(0, shown).map((crowd) => ({ message: listed(crowd.names, 1), span: crowd.span })),
  });
  return [...findings.filter((finding) => finding.code !== code), one];
}

function sentence(missing: readonly string[], servers: number): string {
  const which =
    missing.length === servers
      ? `none of the ${servers} servers has`
      : `${missing.length} of ${servers} servers have not`;
  return `${which} joined: there is no ServerKey of ${listed(missing, shown)}`;
}

function listed(names: readonly string[], count: number): string {
  const more = names.length - count;
  if (more > 0) return `${names.slice(0, count).join(', ')} and ${more} more`;
  return names.join(', ').replace(/, ([^,]+)$/, ' and $1');
}

function placeOf({ path, line, column }: Span): string {
  return `${path}:${line}:${column}`;
}
