import { kinds } from '../../controller/kinds/index.ts';
import type { Fleet, KindName } from '../../controller/kinds/kind.ts';
import { type FakeFleet, type FakeResource, fakeFleet, fakeResource } from './fleet.ts';

/** What a kind's check says of one resource, each as `CODE field: message`; the fleet holds the resource too. */
export function findingsOf(resource: FakeResource, around: Partial<FakeFleet> = {}): readonly string[] {
  const fleet = fakeFleet({ ...around, resources: [resource, ...(around.resources ?? [])] });
  return findingsIn(fleet, resource);
}

export function findingsIn(fleet: Fleet, fake: FakeResource): readonly string[] {
  const resource = fakeResource(fake);
  const kind = kinds.get(resource.kind as KindName);
  const found = kind?.check?.(resource, fleet) ?? [];
  return found.map(({ code, span, message }) => `${code} ${span.path.replace(/^.*#/, '')}: ${message}`);
}
