import type { JobParser } from '../../ports/job-parser.ts';
import type { JobSources } from '../../ports/job-sources.ts';
import type { NomadPorts } from '../../ports/nomad-ports.ts';
import { createAclPolicies } from './acl-policies.ts';
import { createAuthMethods } from './auth-methods.ts';
import type { NomadOptions } from './client.ts';
import { createNomadClient } from './client.ts';
import { createCsiVolumes } from './csi-volumes.ts';
import { createHostVolumes } from './host-volumes.ts';
import { createJobSources } from './job-sources.ts';
import { createJobs } from './jobs.ts';
import { createNomadListings, type NomadListings } from './listings.ts';
import { createNamespaces } from './namespaces.ts';
import { createNodePools } from './node-pools.ts';
import { createParser } from './parser.ts';
import { createPlacement } from './placement.ts';
import { createVariables } from './variables.ts';

export interface Nomad extends NomadPorts {
  readonly parser: JobParser;
  readonly jobSources: JobSources;
  readonly listings: NomadListings;
  close(): void;
}

/** All roles that one Nomad region plays for Drover, over one connection pool. */
export function createNomad(options: NomadOptions): Nomad {
  const client = createNomadClient(options);
  return {
    jobs: createJobs(client),
    placement: createPlacement(client),
    namespaces: createNamespaces(client),
    nodePools: createNodePools(client),
    variables: createVariables(client),
    aclPolicies: createAclPolicies(client),
    authMethods: createAuthMethods(client),
    hostVolumes: createHostVolumes(client),
    csiVolumes: createCsiVolumes(client),
    parser: createParser(client),
    jobSources: createJobSources(client),
    listings: createNomadListings(client),
    close: () => client.close(),
  };
}
