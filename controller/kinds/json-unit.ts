import { prettyJson } from '../model/json.ts';
import type { Resource } from '../model/resource.ts';
import type { Unit, UnitKind, UnitOptions } from '../model/tree.ts';
import { sourceOf, waveOf } from './annotations.ts';

export interface JsonUnitRequest {
  readonly kind: UnitKind;
  readonly key: string;
  /** The kind's own wave; the annotation goes over it. */
  readonly wave: number;
  readonly path: string;
  readonly document: object;
  readonly options: UnitOptions;
}

/** A unit that is one JSON file. */
export function jsonUnit<S>(resource: Resource<S>, request: JsonUnitRequest): Unit {
  const { document, wave, ...rest } = request;
  return {
    ...rest,
    wave: waveOf(resource, wave),
    files: new Map([[request.path, new TextEncoder().encode(prettyJson(document))]]),
    source: sourceOf(resource),
  };
}
