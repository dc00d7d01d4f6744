import { createObjectTarget } from '../object-target.ts';
import { requirePort } from '../require-port.ts';
import { wholeDifferences } from '../whole-differences.ts';

/** A Nomad namespace. A write replaces it whole. */
export const nomadNamespace = createObjectTarget({
  kind: 'nomad-namespace',
  rank: 0,
  objects: ({ ports }) => requirePort(ports.namespaces, 'Nomad'),
  differences: wholeDifferences,
  keeps: (key) => (key === 'default' ? 'Nomad needs it' : undefined),
});
