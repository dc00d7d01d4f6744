import type { ClusterObjects } from '../../ports/cluster-objects.ts';
import type { NomadClient } from './client.ts';
import { createNamedObjects } from './named-objects.ts';

/** Nomad namespaces. */
export function createNamespaces(client: NomadClient): ClusterObjects {
  return createNamedObjects(client, {
    path: '/v1/namespace/',
    fields: ['Name', 'Description', 'Meta', 'Capabilities', 'NodePoolConfiguration'],
  });
}
