import type { JsonObject } from '../../model/json.ts';
import { objectOf, objectsOf } from '../../model/json-values.ts';

/** Whether Nomad's servers add a task of Connect's to the group before they look at it: a sidecar's or a gateway's. */
export function hasProxy(group: JsonObject): boolean {
  return objectsOf(group['Services']).some((service) => {
    const connect = objectOf(service['Connect']);
    return ['SidecarService', 'Gateway'].some(
      (field) => typeof connect[field] === 'object' && connect[field] !== null,
    );
  });
}
