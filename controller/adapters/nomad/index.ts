import type { ClusterObjects } from '../../ports/cluster-objects.ts';
import type { JobParser } from '../../ports/job-parser.ts';
import type { Jobs } from '../../ports/jobs.ts';
import type { Placement } from '../../ports/placement.ts';
import type { NomadOptions } from './client.ts';
import { createNomadClient } from './client.ts';
import { createJobs } from './jobs.ts';
import { createNamespaces } from './namespaces.ts';
import { createParser } from './parser.ts';
import { createPlacement } from './placement.ts';

export interface Nomad {
  readonly jobs: Jobs;
  readonly placement: Placement;
  readonly namespaces: ClusterObjects;
  readonly parser: JobParser;
  close(): void;
}

/** All roles that one Nomad region plays for Drover, over one connection pool. */
export function createNomad(options: NomadOptions): Nomad {
  const client = createNomadClient(options);
  return {
    jobs: createJobs(client),
    placement: createPlacement(client),
    namespaces: createNamespaces(client),
    parser: createParser(client),
    close: () => client.close(),
  };
}
