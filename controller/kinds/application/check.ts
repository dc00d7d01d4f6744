import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Resource } from '../../model/resource.ts';
import type { Fleet } from '../kind.ts';
import type { ApplicationSpec } from './schema.ts';

export function checkApplication(_resource: Resource<ApplicationSpec>, _fleet: Fleet): readonly Diagnostic[] {
  return [];
}
