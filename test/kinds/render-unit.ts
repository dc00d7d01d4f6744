import { kinds } from '../../controller/kinds/index.ts';
import type { JsonObject } from '../../controller/model/json.ts';
import type { Unit } from '../../controller/model/tree.ts';
import { type FakeResource, fakeFleet, fakeResource } from '../fakes/fleet.ts';

export interface RenderedUnit {
  readonly unit: Unit;
  readonly document: JsonObject;
}

/** The one unit of a resource, with its file read as JSON. */
export function renderUnit(fake: FakeResource, files: Readonly<Record<string, string>> = {}): RenderedUnit {
  const resource = fakeResource<unknown>(fake);
  const rendered = kinds.get(fake.kind)?.render?.(resource, fakeFleet({ resources: [fake], files }));
  const unit = rendered?.units[0];
  const bytes = unit?.files.get(unit.path);
  if (unit === undefined || bytes === undefined) throw new Error(`${fake.name} rendered to nothing`);
  return { unit, document: JSON.parse(new TextDecoder().decode(bytes)) as JsonObject };
}
