import { DeniedError, RejectedError, UnavailableError } from '../../model/errors.ts';
import type { ObjectListing } from '../../ports/object-listing.ts';
import { type NomadClient, type Query, record, records, text } from './client.ts';

export interface NomadListings {
  readonly namespaces: ObjectListing;
  readonly nodePools: ObjectListing;
  /** For a management token alone: any other sees its own policies, and nothing says that there are more. */
  readonly aclPolicies: ObjectListing;
  /** `namespace/path`: those that the token may list. */
  readonly variables: ObjectListing;
  /** `namespace/id`, CSI and dynamic host volumes. */
  readonly volumes: ObjectListing;
}

export function createNomadListings(client: NomadClient): NomadListings {
  const listing = (read: (signal: AbortSignal) => Promise<readonly string[]>): ObjectListing => ({
    keys: async (_below, signal) => (await read(signal)).toSorted(),
  });
  const names = (path: string) =>
    listing(async (signal) => (await list(client, path, {}, signal)).map((item) => text(item['Name'])));
  const everywhere = { namespace: '*' };
  return {
    namespaces: names('/v1/namespaces'),
    nodePools: names('/v1/node/pools'),
    aclPolicies: listing(async (signal) => {
      if (!(await requireManagement(client, signal))) return [];
      return (await list(client, '/v1/acl/policies', {}, signal)).map((item) => text(item['Name']));
    }),
    variables: listing(async (signal) =>
      (await list(client, '/v1/vars', everywhere, signal)).map((item) => place(item, 'Path')),
    ),
    volumes: listing(async (signal) => {
      const types = ['csi', 'host'].map((type) =>
        list(client, '/v1/volumes', { ...everywhere, type }, signal),
      );
      return (await Promise.all(types)).flat().map((item) => place(item, 'ID'));
    }),
  };
}

async function list(
  client: NomadClient,
  path: string,
  query: Query,
  signal: AbortSignal,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const answer = await client.read(path, query, signal);
  // Never an empty list: the caller would take it for nothing.
  if (answer === undefined) throw new UnavailableError(`Nomad answered 404 to ${path}`);
  return records(answer.body);
}

function place(item: Readonly<Record<string, unknown>>, name: string): string {
  return `${text(item['Namespace'])}/${text(item[name])}`;
}

/** False when ACLs are off, where there are no policies. @throws DeniedError for any other token. */
async function requireManagement(client: NomadClient, signal: AbortSignal): Promise<boolean> {
  try {
    const self = await client.read('/v1/acl/token/self', {}, signal);
    if (text(record(self?.body)['Type']) === 'management') return true;
  } catch (error) {
    if (error instanceof RejectedError) return false;
    throw error;
  }
  throw new DeniedError('Nomad does not show ACL policies to this token');
}
