import type { Fleet, FleetJob } from '../../kinds/kind.ts';
import type { Diagnostic, Span } from '../../model/diagnostic.ts';
import type { ConfigToCheck } from '../../model/program-config.ts';
import { resourceId } from '../../model/resource.ts';

/** A job that Nomad's own validation is asked about. */
export interface AskedJob {
  readonly job: FleetJob;
  readonly config: ConfigToCheck;
}

const path = '/job.json';

/** The jobs that nothing is wrong with so far: what follows from a mistake that is told would be told twice. */
export function askedJobs(fleet: Fleet, found: readonly Diagnostic[]): readonly AskedJob[] {
  const errorsByPath = Map.groupBy(
    found.filter(({ severity }) => severity === 'error').map(({ span }) => span),
    (span) => span.path,
  );
  return fleet
    .jobs()
    .filter(
      (job) =>
        !placesOf(fleet, job).some((place) =>
          errorsByPath.get(place.path)?.some((span) => isWithin(span, place)),
        ),
    )
    .map((job) => ({ job, config: configOf(job) }));
}

/** Each document that the job comes from, and its text where that is a file of its own. */
function placesOf(fleet: Fleet, { resource, locate }: FleetJob): readonly Span[] {
  const documents = (fleet.sources?.(resourceId(resource)) ?? []).map((source) => source.locate([]));
  const text = locate({});
  if (/\.ya?ml$/.test(text.path)) return documents;
  return [...documents, { ...text, line: 1, endLine: Number.MAX_SAFE_INTEGER }];
}

function isWithin(span: Span, place: Span): boolean {
  return span.path === place.path && span.line >= place.line && span.line <= place.endLine;
}

function configOf({ job }: FleetJob): ConfigToCheck {
  const bytes = new TextEncoder().encode(JSON.stringify({ Job: job }));
  return { form: 'nomad-job', entries: [path], files: new Map([[path, bytes]]) };
}
