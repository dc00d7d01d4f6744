import type { Action } from '../../model/plan.ts';
import type { UnitKind } from '../../model/tree.ts';

export type Area = 'servers' | 'jobs' | 'others';

const areaByKind: Readonly<Record<UnitKind, Area>> = {
  server: 'servers',
  'nomad-job': 'jobs',
  'nomad-namespace': 'others',
  'nomad-node-pool': 'others',
  'nomad-variable': 'others',
  'nomad-acl-policy': 'others',
  'nomad-auth': 'others',
  'nomad-volume': 'others',
  'consul-key': 'others',
  'consul-config-entry': 'others',
  'consul-acl-policy': 'others',
  'vault-mount': 'others',
  'vault-policy': 'others',
  'vault-secret': 'others',
  'vault-auth': 'others',
  'vault-role': 'others',
  'vault-database-role': 'others',
};

/** Parts of a comment, in the order of the counters; `noun` counts one thing of it. */
export const areas: readonly { readonly area: Area; readonly title: string; readonly noun: string }[] = [
  { area: 'servers', title: 'Servers', noun: 'server' },
  { area: 'jobs', title: 'Jobs', noun: 'job' },
  { area: 'others', title: 'Consul, Vault, secrets, namespaces', noun: 'other object' },
];

export function actionsOf(actions: readonly Action[], area: Area): readonly Action[] {
  return actions.filter(({ kind }) => areaByKind[kind] === area);
}
