import { checkCluster } from '../../kinds/cluster/check-cluster.ts';
import { expectedSecrets } from '../../kinds/cluster/check-secret-keys.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Resource } from '../../model/resource.ts';
import type { Fleet } from '../kind.ts';
import type { ConsulClusterSpec } from './schema.ts';

const said = {
  node_name: 'the name of the server',
  datacenter: 'the field datacenter',
  server: 'the field servers',
  bootstrap_expect: 'the field servers',
  retry_join: 'the field servers',
  encrypt: 'the field gossipKey',
  'acl.enabled': 'the field acl',
  'acl.default_policy': 'the field acl.defaultPolicy',
} as const;

export function checkConsulCluster(
  resource: Resource<ConsulClusterSpec>,
  fleet: Fleet,
): readonly Diagnostic[] {
  return checkCluster(resource, fleet, {
    program: 'consul',
    secrets: expectedSecrets(resource.spec),
    words: [{ field: ['spec', 'config'], said }],
  });
}
