import { entryDifferences } from '../entry-differences.ts';
import { createObjectTarget } from '../object-target.ts';
import { requirePort } from '../require-port.ts';

/** A config entry of the service mesh. A write replaces it whole, so what a definition leaves out must be absent too. */
export const consulConfigEntry = createObjectTarget({
  kind: 'consul-config-entry',
  rank: 0,
  objects: ({ ports }) => requirePort(ports.configEntries, 'Consul'),
  differences: entryDifferences,
});
