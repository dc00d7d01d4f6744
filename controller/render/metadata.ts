import type { Revision } from '../model/source.ts';
import { type HydratorMetadata, type Unit, unitKey } from '../model/tree.ts';

/** Where a tree comes from, and which programs made it. */
export interface Provenance {
  readonly droverVersion: string;
  /** Version of the Nomad that parsed the jobs. */
  readonly parserVersion: string;
  readonly repoUrl: string;
  readonly revision: Revision;
}

/** `hydrator.metadata` as Argo CD's hydrator and gitops-promoter write it, and each unit's place in the definitions. */
export function metadataOf(
  provenance: Provenance,
  environment: string,
  units: readonly Unit[],
): HydratorMetadata {
  const { revision, repoUrl, droverVersion, parserVersion } = provenance;
  const places = units.map((unit) => [unitKey(unit), `${unit.source.path}:${unit.source.line}`]);
  return {
    drySha: revision.id,
    repoURL: repoUrl,
    author: revision.author,
    date: revision.date,
    subject: revision.subject,
    body: revision.body,
    references: [],
    drover: {
      version: droverVersion,
      parser: parserVersion,
      environment,
      sources: Object.fromEntries(places) as Readonly<Record<string, string>>,
    },
  };
}
