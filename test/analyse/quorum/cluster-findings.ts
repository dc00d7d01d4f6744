import { analyse } from '../../../controller/analyse/analyse.ts';
import { type FakeResource, fakeFleet } from '../../fakes/fleet.ts';

/** `DRV0531 main.yaml#spec.servers` for each finding about clusters, sorted. */
export function clusterFindings(resources: readonly FakeResource[], broken: readonly string[] = []) {
  const fleet = fakeFleet({ environment: { mode: 'Enforce' }, resources });
  return analyse({ ...fleet, mayMiss: (kind) => broken.includes(kind) })
    .filter(({ code }) => /^DRV05[34]/.test(code))
    .map(({ code, span }) => `${code} ${span.path}`);
}
