import { createObjectTarget } from '../object-target.ts';
import { requirePort } from '../require-port.ts';
import { wholeDifferences } from '../whole-differences.ts';

/** A node pool. A write replaces it whole; one with nodes or jobs in it stays. */
export const nomadNodePool = createObjectTarget({
  kind: 'nomad-node-pool',
  rank: 0,
  objects: ({ ports }) => requirePort(ports.nodePools, 'Nomad'),
  differences: wholeDifferences,
  keeps: (key) => (key === 'default' || key === 'all' ? 'Nomad needs it' : undefined),
});
