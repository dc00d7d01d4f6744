import { checkCluster } from '../../kinds/cluster/check-cluster.ts';
import { expectedSecrets } from '../../kinds/cluster/check-secret-keys.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Resource } from '../../model/resource.ts';
import { finding } from '../finding.ts';
import type { Fleet } from '../kind.ts';
import { kindCodes } from '../kind-codes.ts';
import { clientOptions, dockerOptions, serverOptions } from './options.ts';
import type { NomadClusterSpec } from './schema.ts';

const server = {
  enabled: 'the field servers',
  bootstrap_expect: 'the field servers',
  server_join: 'the field servers',
  encrypt: 'the field gossipKey',
  default_scheduler_config: 'the field scheduler',
} as const;

const client = {
  enabled: 'the field clients',
  server_join: 'the field servers',
  node_pool: 'the nodePool of each server',
  node_class: 'the class of each server',
} as const;

const whole = {
  name: 'the name of the server',
  region: 'the field region',
  datacenter: 'the datacenter of each server',
  'acl.enabled': 'the field acl',
  plugin: 'the field plugins',
  tls: 'the field tls',
  ...Object.fromEntries(Object.entries(server).map(([option, field]) => [`server.${option}`, field])),
  ...Object.fromEntries(Object.entries(client).map(([option, field]) => [`client.${option}`, field])),
};

export function checkNomadCluster(resource: Resource<NomadClusterSpec>, fleet: Fleet): readonly Diagnostic[] {
  return [
    ...checkCluster(resource, fleet, {
      program: 'nomad',
      secrets: expectedSecrets(resource.spec),
      words: [
        { field: ['spec', 'config'], said: whole },
        { field: ['spec', 'serverConfig'], said: server, known: serverOptions },
        { field: ['spec', 'clientConfig'], said: client, known: clientOptions },
        { field: ['spec', 'plugins'], said: {} },
        { field: ['spec', 'plugins', 'docker'], said: {}, known: dockerOptions },
      ],
    }),
    ...checkScheduler(resource),
  ];
}

/** Nomad reads it once, when the first leader of a cluster begins. */
function checkScheduler(resource: Resource<NomadClusterSpec>): readonly Diagnostic[] {
  if (resource.spec.scheduler === undefined) return [];
  const message =
    'the scheduler configuration is what a new cluster begins with: one that runs keeps its own';
  const hint = 'change a running cluster with `nomad operator scheduler set-config`';
  return [
    finding(resource, ['spec', 'scheduler'], { entry: kindCodes.notApplied, message, hint, part: 'key' }),
  ];
}
