import type { Span } from '../../model/diagnostic.ts';
import type { JsonObject } from '../../model/json.ts';
import { objectOf, objectsOf } from '../../model/json-values.ts';
import type { GroupService } from '../jobs/group-services.ts';

export interface Upstream {
  readonly upstream: JsonObject;
  readonly locate: () => Span;
}

/** The services that the sidecar of a service leads to. */
export function upstreamsOf({ service, locate }: GroupService): readonly Upstream[] {
  const sidecar = objectOf(objectOf(service['Connect'])['SidecarService']);
  return objectsOf(objectOf(sidecar['Proxy'])['Upstreams']).map((upstream) => ({
    upstream,
    locate: () => locate('connect'),
  }));
}
